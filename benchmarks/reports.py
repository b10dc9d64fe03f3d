"""How long weekly reports take: ``python -m benchmarks.reports [--athletes 1000] [--processes 2]``.

Simulated athletes with half a year of running each, check-ins and shoes, measured and assessed by the real steps
into one real home. Timed is what comes then: the story read from the published copy, and its forms. HTML and text
are the target; PDF, and the mail with its pictures, are told beside it. Ends with 1 where the target is missed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

from benchmarks import rebuild
from features.training_log import Athlete, CheckIn, Shoe, Week
from pipelines import settings, steps
from pipelines.logbook import shoes
from pipelines.story import build_story
from pipelines.warehouse import store
from reports.page import Page
from reports.week_mail import mail_html, mail_pictures
from reports.week_page import compose
from reports.week_pdf import pdf_of
from reports.weekly import html_of, text_of

TARGET_S, TARGET_REPORTS = 60.0, 1_000
DAYS = 182
WEEK = Week.of(rebuild.LAST_DAY)


@dataclass(frozen=True, slots=True)
class Spent:
    """Processor seconds of one share of the athletes, and how many bytes its HTML pages have at most."""

    story_s: float
    html_and_text_s: float
    pdf_s: float
    mail_s: float
    largest: int


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    ask.add_argument("--athletes", type=int, default=TARGET_REPORTS)
    ask.add_argument("--processes", type=int, default=2)
    told = ask.parse_args()
    with tempfile.TemporaryDirectory() as place:
        people = fill(Path(place), told.athletes)
        shares = [people[n :: told.processes] for n in range(told.processes)]
        with ProcessPoolExecutor(told.processes, get_context("spawn")) as pool:
            list(pool.map(_ready, [place] * told.processes))  # processes that have started are not timed
            began = time.perf_counter()
            plain = list(pool.map(reported, [place] * len(shares), shares, [False] * len(shares)))
            wall = time.perf_counter() - began
            sample = [share[: max(1, 200 // told.processes)] for share in shares]
            whole = list(pool.map(reported, [place] * len(sample), sample, [True] * len(sample)))
    return tell(told.athletes, wall, plain, whole, sum(map(len, sample)))


def fill(home_path: Path, athletes: int) -> list[str]:
    """A home of so many athletes, as the steps would leave it after a sync."""
    today = rebuild.LAST_DAY + timedelta(days=1)
    (home_path / settings.CONFIG_NAME).write_text(f"today = {today}\n", encoding="utf-8")
    config = settings.load(home_path)
    with steps.open_home(config) as home, store.open_for_writing(config.warehouse_path) as db:
        rebuild.simulate(db, athletes, DAYS)
        people = [f"athlete {n}" for n in range(athletes)]
        for n, name in enumerate(people):
            home.logbook.add_athlete(Athlete(name, f"Runner {n}", units="mi" if n % 5 == 0 else "km"))
            for weeks in range(8):
                day = rebuild.LAST_DAY - timedelta(weeks=weeks)
                home.logbook.put_check_in(CheckIn(name, day, pain_running=(n + weeks) % 4, pain_after=n % 3))
        worn = db.execute("select athlete, id, bought_on from shoe order by all").fetchall()
        for owner, name, bought_on in worn:
            shoes.add_shoe(home.logbook, Shoe(name, owner, name.capitalize(), bought_on))
        rebuild.rebuild(db)
        steps.assess(home, db)
        steps.publish(home, db)
    return people


def reported(home_path: str, athletes: Sequence[str], is_whole: bool) -> Spent:
    """Every report of a share; with ``is_whole`` also on paper and as a mail."""
    story_s = words_s = pdf_s = mail_s = 0.0
    largest = 0
    config = settings.load(Path(home_path))
    with steps.open_home(config) as home, store.open_published(config.published_path) as db:
        people = {athlete.id: athlete for athlete in home.logbook.athletes()}
        for name in athletes:
            began = time.process_time()
            story = build_story(config, home.logbook, db, people[name], WEEK)
            read = time.process_time()
            page = compose(story)
            html, text = html_of(page), text_of(page)
            done = time.process_time()
            story_s, words_s = story_s + read - began, words_s + done - read
            largest = max(largest, len(html.encode()), len(text.encode()))
            if is_whole:
                pdf_s += _took(lambda: pdf_of(page))  # noqa: B023 - called at once
                mail_s += _took(lambda: _mail(page))  # noqa: B023
    return Spent(story_s, words_s, pdf_s, mail_s, largest)


def _mail(page: Page) -> None:
    mail_html(page)
    mail_pictures(page)


def _took(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _ready(home_path: str) -> None:
    settings.load(Path(home_path))


def tell(athletes: int, wall: float, plain: Sequence[Spent], whole: Sequence[Spent], sampled: int) -> int:
    story, words = sum(s.story_s for s in plain), sum(s.html_and_text_s for s in plain)
    pdf, mail = sum(s.pdf_s for s in whole), sum(s.mail_s for s in whole)
    print(f"{athletes:,} reports, HTML and text: {wall:.1f} s on the clock in {len(plain)} processes")
    print(f"  processor time: {story + words:.1f} s ({story:.1f} to read, {words:.1f} to write)")
    print(f"  the longest has {max(s.largest for s in plain):,} bytes")
    print(f"PDF: {sampled / pdf:.0f} a second and processor ({1000 * pdf / sampled:.0f} ms each)")
    print(
        f"mail with pictures: {sampled / mail:.0f} a second and processor ({1000 * mail / sampled:.0f} ms each)"
    )
    is_met = wall <= TARGET_S * athletes / TARGET_REPORTS
    print("met" if is_met else "missed")
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
