"""How the levels of real athletes fall: share of weeks per level, and how often an alarm would ring.

``python -m benchmarks.levels [FOLDER …]``: each folder is one athlete's (default: the longitudinal sets of the
corpus). An alarm that rings every week is noise, so the number is told and not tuned away.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from features import evidence
from features.training_log import Athlete
from models.risk import LEVELS
from pipelines import settings, steps
from pipelines.warehouse import store
from pipelines.warehouse.store import Db

CORPUS = Path(__file__).resolve().parents[1].parent / "shared" / "corpus" / "public"
TODAY = date(2026, 11, 16)
DAYS_A_MONTH = 30.4375

SUNDAYS = """
select level, runs_7d > 0 as ran, runs_30d >= $regular as regular, count(*) as weeks
from assessment inner join athlete_day using (athlete, day)
where athlete = $athlete and isodow(day) = 7
    and day between (select min(day) from run where athlete = $athlete)
    and (select max(day) + 6 from run where athlete = $athlete)
group by all
"""
# a jump is told of once, when the run comes in; without 30 days of record there is nothing to compare with
JUMPS = """
select count(*) from session_spike
where athlete = $athlete and spike_ratio > $small
    and day >= (select min(day) + $window::integer from activity where athlete = $athlete)
"""
CAUSES = """
select code, count(*), median(contribution) from reason
where athlete = $athlete and contribution > 0 and isodow(day) = 7 group by code order by code
"""


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folders", nargs="*", type=Path)
    ask.add_argument("--home", type=Path, help="keep everything there, to look at it afterwards")
    told = ask.parse_args()
    folders = told.folders or [CORPUS / "athlete-b", CORPUS / "athlete-c"]
    with tempfile.TemporaryDirectory() if told.home is None else nullcontext(told.home) as place:
        configured = settings.Settings(home=Path(place), today=TODAY)
        with steps.open_home(configured) as home:
            for folder in folders:
                if folder.name not in {athlete.id for athlete in home.logbook.athletes()}:
                    home.logbook.add_athlete(Athlete(folder.name, folder.name))
            steps.sync(home, {folder.name: [folder] for folder in folders}, lambda _: nullcontext(_silent))
            with store.open_published(configured.published_path) as db:
                for folder in folders:
                    print(levels(db, folder.name))


def levels(db: Db, athlete: str) -> str:
    """One athlete's weeks in words."""
    regular = {"regular": evidence.value("confidence_good_runs_30d")}
    weeks = db.execute(SUNDAYS, {"athlete": athlete, **regular}).fetchall()
    months = sum(row[-1] for row in weeks) * 7 / DAYS_A_MONTH
    raised = sum(number for level, _, _, number in weeks if level in ("elevated", "high"))
    limits = {"small": evidence.value("spike_small_from"), "window": evidence.value("spike_window_days")}
    jumps = db.execute(JUMPS, {"athlete": athlete, **limits}).fetchall()[0][0]
    causes = db.execute(CAUSES, {"athlete": athlete}).fetchall()
    return "\n".join(
        [
            f"{athlete}: {months:.0f} months",
            f"  all weeks        {_shares((level, number) for level, _, _, number in weeks)}",
            f"  weeks with a run {_shares((level, number) for level, ran, _, number in weeks if ran)}",
            f"  ... of regular running {_shares((lv, n) for lv, ran, often, n in weeks if ran and often)}",
            f"  weeks elevated or high: {raised / months:.2f} a month; runs that alert: {jumps / months:.2f} a month",
            "  causes: " + ", ".join(f"{code} {number} (median {adds:.2f})" for code, number, adds in causes),
        ]
    )


def _shares(counted: Iterable[tuple[str, int]]) -> str:
    numbers = dict.fromkeys((str(level) for level in LEVELS), 0)
    for level, number in counted:
        numbers[level] += number
    total = sum(numbers.values())
    return f"{total:>4}: " + ", ".join(f"{level} {number / total:.0%}" for level, number in numbers.items())


def _silent(done: int, of: int, name: str) -> None:
    """Nobody is there to be told."""


if __name__ == "__main__":
    main()
