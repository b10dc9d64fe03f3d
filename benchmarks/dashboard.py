"""How fast the pages are for a whole team: 20 readers at once, at rest and while an import runs.

``python -m benchmarks.dashboard [--home FOLDER] [--athletes 50] [--years 3] [--readers 20] [--seconds 20]
[--pause 0.5] [--import-files 2000] [--no-browser]``

A home of simulated runners (``benchmarks.dashboard_home``; kept in FOLDER and copied from there), the real
server as a process of its own, and readers with real sessions: half are coaches of everyone, half are athletes.
Each asks for its pages one after the other, with a pause between as a person makes, then without any. While
``kneewise sync`` reads files in another process the same again. Then what each page weighs, all that it loads
included, and when a browser paints it first. Server time is what the server's own log says, client time is all
that a reader waits. Loopback only; ends with 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks import dashboard_home
from benchmarks.backlog import short_run
from pipelines import settings, steps
from pipelines.logbook import accounts, consents, sessions
from pipelines.logbook.accounts import NewAccount
from pipelines.logbook.consents import Consent
from reports.dashboard.site import Site
from reports.dashboard.viewer import ALL_SCOPES

TODAY = date(2026, 11, 22)
COACHES = 10
AT_REST_MS, WHILE_IMPORTING_MS, PAINT_MS, WEIGHT_KB = 100.0, 200.0, 1000.0, 500.0
COOKIE = Site().session_cookie
COACH_PAGES = ("/coach", "/coach", "/coach?show=changed", "/coach/digest", "/a/{any}", "/a/{any}/history")
ATHLETE_PAGES = ("/a/{own}", "/a/{own}", "/a/{own}/history", "/a/{own}/shoes", "/a/{own}/checkin")
PATIENCE_S = 60.0
SERVER: list[int] = []  # the process that answers, to be asked how much it has worked


@dataclass(frozen=True, slots=True)
class Reader:
    """A session and the pages that it goes round."""

    cookie: str
    pages: tuple[str, ...]


@dataclass(slots=True)
class Seen:
    """What readers saw: milliseconds of each answer by kind of page, and answers that were no page."""

    ms: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def add(self, other: Seen) -> None:
        for kind, times in other.ms.items():
            self.ms.setdefault(kind, []).extend(times)
        self.errors += other.errors


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    ask.add_argument("--home", type=Path)
    ask.add_argument("--athletes", type=int, default=50)
    ask.add_argument("--years", type=float, default=3.0)
    ask.add_argument("--readers", type=int, default=20)
    ask.add_argument("--seconds", type=float, default=20.0)
    ask.add_argument("--pause", type=float, default=0.5)
    ask.add_argument("--import-files", type=int, default=2_000)
    ask.add_argument("--no-browser", action="store_true")
    told = ask.parse_args()
    with tempfile.TemporaryDirectory() as place:
        kept, home = told.home or Path(place, "kept"), Path(place, "home")
        if not (kept / settings.CONFIG_NAME).is_file():
            dashboard_home.fill(kept, told.athletes, round(365.25 * told.years), TODAY)
        shutil.copytree(kept, home)
        print(f"load before: {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores", flush=True)
        readers = signed_in(home, told.readers)
        with server(home, Path(place, "server.log")) as (port, log):
            readers = with_pages_there(port, readers)
            met = measured(port, log, readers, told.seconds, told.pause, "at rest", AT_REST_MS)
            measured(port, log, readers, told.seconds, 0.0, "at rest, no pause at all", None)
            importing = begin_import(home, Path(place, "files"), told.import_files)
            met &= measured(
                port, log, readers, None, told.pause, "during an import", WHILE_IMPORTING_MS, importing
            )
            met &= weights(port, readers)
            if not told.no_browser:
                met &= first_paint(port, readers)
        print(f"load after: {os.getloadavg()[0]:.1f}")
    print("met" if met else "missed")
    return 0 if met else 1


def signed_in(home: Path, number: int) -> list[Reader]:
    """Accounts with sessions: coaches who were given everything by everyone, and athletes."""
    now = datetime.now(UTC)
    with steps.open_home(settings.load(home)) as opened:
        steps.catch_up(opened)  # a home of an earlier version is brought up to date
        people = [athlete.id for athlete in opened.logbook.athletes()]
        mark = os.urandom(4).hex()
        made = []
        with opened.logbook.engine.begin() as db:
            for n in range(number):
                is_coach = n < number // 2
                own = None if is_coach else people[n % len(people)]
                who = NewAccount(
                    f"Reader {n}", f"r{n}-{mark}@example.org", "", is_coach=is_coach, athlete=own
                )
                account = accounts.add(db, who, now)
                for athlete in people if is_coach else ():
                    given = Consent(athlete, account, who.name, "accepted", ALL_SCOPES, None, now, None)
                    consents.add(db, given)
                pages = (
                    COACH_PAGES if is_coach else tuple(p.replace("{own}", own or "") for p in ATHLETE_PAGES)
                )
                made.append(Reader(f"{COOKIE}={sessions.start(db, account, now)}", pages))
    return [
        Reader(
            r.cookie,
            tuple(p.replace("{any}", a) for a in random.Random(n).sample(people, 5) for p in r.pages),
        )
        for n, r in enumerate(made)
    ]


@contextmanager
def server(home: Path, log: Path) -> Iterator[tuple[int, Path]]:
    """``kneewise serve`` as a process of its own; its log goes to a file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "pipelines.cli", "serve", "--home", str(home), "--port", str(port)]
    with log.open("wb") as out:
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=out)
        try:
            _wait_for(lambda: _answers(port))
            SERVER.append(child.pid)
            yield port, log
        finally:
            child.terminate()
            child.wait(timeout=PATIENCE_S)


def with_pages_there(port: int, readers: Sequence[Reader]) -> list[Reader]:
    """The readers with those of their pages that this version has; each page once, so that all is warm."""
    found = []
    for reader in readers:
        seen: dict[str, bool] = {}
        for page in dict.fromkeys(reader.pages):
            seen[page] = _fetch(port, reader, page)[0] == 200
        found.append(Reader(reader.cookie, tuple(p for p in reader.pages if seen[p])))
    missing = sorted(
        {_kind(p) for r in readers for p in r.pages} - {_kind(p) for r in found for p in r.pages}
    )
    if missing:
        print(f"not there: {', '.join(missing)}")
    return found


def measured(
    port: int,
    log: Path,
    readers: Sequence[Reader],
    seconds: float | None,
    pause: float,
    what: str,
    target_ms: float | None,
    until: subprocess.Popen[bytes] | None = None,
) -> bool:
    """All readers at once for some seconds, or until a process ends; prints, and says whether the target is met."""
    began, start, worked_s = time.monotonic(), log.stat().st_size, _processor_s()
    stop = threading.Event()
    parts = [Seen() for _ in readers]
    threads = [
        threading.Thread(target=_read, args=(port, reader, pause, stop, part, n))
        for n, (reader, part) in enumerate(zip(readers, parts, strict=True))
    ]
    for thread in threads:
        thread.start()
    if until is not None:
        ended = until.wait(timeout=900)
        what += f" (of {time.monotonic() - began:.0f} s, exit {ended})"
    else:
        time.sleep(seconds or 0.0)
    stop.set()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    seen = Seen()
    for part in parts:
        seen.add(part)
    is_met = report(what, seen, server_ms(log, start), took, target_ms)
    pages = sum(map(len, seen.ms.values()))
    print(
        f"  processor time of the server: {1000 * (_processor_s() - worked_s) / max(pages, 1):.1f} ms a page"
    )
    return is_met


def report(
    what: str, seen: Seen, of_server: dict[str, list[float]], took: float, target: float | None
) -> bool:
    count = sum(map(len, seen.ms.values()))
    print(f"\n{what}: {count:,} pages in {took:.0f} s ({count / took:.0f}/s), load {os.getloadavg()[0]:.1f}")
    print(
        f"  {'':24} {'pages':>7} {'server p50':>11} {'p95':>7} {'p99':>7} {'client p50':>11} {'p95':>7} {'p99':>7}"
    )
    for kind in sorted(seen.ms):
        print(_line(kind, of_server.get(kind, []), seen.ms[kind]))
    inside = [ms for times in of_server.values() for ms in times]
    outside = [ms for times in seen.ms.values() for ms in times]
    print(_line("all", inside, outside))
    for error in seen.errors[:5]:
        print(f"  error: {error}")
    if target is None:
        return not seen.errors
    worst = _percentile(inside or outside, 95)
    is_met = worst <= target and not seen.errors
    print(f"  server p95 {worst:.0f} ms, target {target:.0f} ms: {'met' if is_met else 'missed'}", flush=True)
    return is_met


def server_ms(log: Path, start: int) -> dict[str, list[float]]:
    """Route → milliseconds, of the log's lines from a byte on."""
    found: dict[str, list[float]] = {}
    with log.open("rb") as lines:
        lines.seek(start)
        for line in lines:
            told = json.loads(line) if line.startswith(b"{") else {}
            if told.get("event") == "request" and told["status"] == 200:
                found.setdefault(told["route"].replace("{athlete}", "*"), []).append(told["ms"])
    return found


def begin_import(home: Path, files: Path, number: int) -> subprocess.Popen[bytes]:
    """A first sync of a large export in a process of its own: read, measured, assessed and published anew."""
    files.mkdir()
    for n in range(number):
        (files / f"{n:05}.gpx").write_text(short_run(n), encoding="utf-8")
    who = dashboard_home.athlete_id(0)
    command = [
        sys.executable,
        "-m",
        "pipelines.cli",
        "sync",
        str(files),
        "--athlete",
        who,
        "--home",
        str(home),
    ]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


def weights(port: int, readers: Sequence[Reader]) -> bool:
    """What a first visit loads: the page, and all style sheets, scripts and pictures that it names."""
    print(f"\n  {'weight on first load':40} {'page':>9} {'all':>9}")
    met = True
    for reader, page in _each_kind(readers):
        body = _fetch(port, reader, page)[1]
        named = set(re.findall(rb'(?:src|href)="(/static/[^"]+)"', body))
        rest = sum(len(_fetch(port, reader, path.decode())[1]) for path in named)
        whole = (len(body) + rest) / 1000
        met &= whole <= WEIGHT_KB
        print(f"  {_kind(page):40} {len(body) / 1000:6.0f} kB {whole:6.0f} kB")
    print(f"  target {WEIGHT_KB:.0f} kB: {'met' if met else 'missed'}")
    return met


def first_paint(port: int, readers: Sequence[Reader]) -> bool:
    """First contentful paint in headless Chromium, nothing cached; the median of five."""
    from playwright.sync_api import sync_playwright

    print(f"\n  {'first contentful paint':40} {'median':>9} {'slowest':>9}")
    worst = 0.0
    with sync_playwright() as play:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
        path = os.environ.get("KNEEWISE_CHROMIUM", "/usr/bin/chromium")
        browser = play.chromium.launch(executable_path=path, args=flags)
        for reader, page in _each_kind(readers):
            name, value = reader.cookie.split("=", 1)
            times = []
            for _ in range(5):
                context = browser.new_context()
                context.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{port}"}])
                tab = context.new_page()
                tab.goto(f"http://127.0.0.1:{port}{page}")
                times.append(float(tab.evaluate(_PAINT)))
                context.close()
            worst = max(worst, statistics.median(times))
            print(f"  {_kind(page):40} {statistics.median(times):6.0f} ms {max(times):6.0f} ms")
        browser.close()
    print(f"  target {PAINT_MS:.0f} ms: {'met' if worst <= PAINT_MS else 'missed'}")
    return worst <= PAINT_MS


_PAINT = """() => new Promise(done => {
  const found = () => performance.getEntriesByName("first-contentful-paint")[0];
  const look = () => found() ? done(found().startTime) : requestAnimationFrame(look);
  look();
})"""


def _processor_s() -> float:
    """What the server's process has used so far; 0 where the system does not tell (Linux does)."""
    stat = Path(f"/proc/{SERVER[-1]}/stat")
    if not stat.is_file():
        return 0.0
    ticks = stat.read_text().rpartition(")")[2].split()
    return (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")


def _read(port: int, reader: Reader, pause: float, stop: threading.Event, seen: Seen, number: int) -> None:
    draw = random.Random(number)
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    stop.wait(draw.uniform(0, pause))
    while not stop.is_set():
        page = draw.choice(reader.pages)
        began = time.perf_counter()
        try:
            line.request("GET", page, headers={"Cookie": reader.cookie})
            answer = line.getresponse()
            answer.read()
            if answer.status != 200:
                seen.errors.append(f"{page}: {answer.status}")
        except (OSError, http.client.HTTPException) as error:
            seen.errors.append(f"{page}: {type(error).__name__}")
            line.close()
        seen.ms.setdefault(_kind(page), []).append((time.perf_counter() - began) * 1000)
        if pause:
            stop.wait(draw.uniform(0.5 * pause, 1.5 * pause))
    line.close()


def _fetch(port: int, reader: Reader, page: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    line.request("GET", page, headers={"Cookie": reader.cookie})
    answer = line.getresponse()
    body = answer.read()
    line.close()
    return answer.status, body


def _answers(port: int) -> bool:
    try:
        return _fetch(port, Reader("", ()), "/health")[0] < 500
    except OSError:
        return False


def _wait_for(ready: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not ready():
        if time.monotonic() > until:
            raise TimeoutError("the server does not answer")
        time.sleep(0.2)


def _each_kind(readers: Sequence[Reader]) -> list[tuple[Reader, str]]:
    """One page of each kind with somebody who may see it."""
    found = {_kind(page): (reader, page) for reader in readers for page in reader.pages}
    return [found[kind] for kind in sorted(found)]


def _kind(page: str) -> str:
    """The route without whose page it is: ``/a/*/history``."""
    return re.sub(r"^/a/[^/?]+", "/a/*", page.partition("?")[0])


def _line(name: str, inside: Sequence[float], outside: Sequence[float]) -> str:
    def shown(times: Sequence[float]) -> str:
        if not times:
            return f"{'–':>11} {'–':>7} {'–':>7}"
        return f"{_percentile(times, 50):11.1f} {_percentile(times, 95):7.1f} {_percentile(times, 99):7.1f}"

    return f"  {name:24} {len(outside):7,} {shown(inside)} {shown(outside)}"


def _percentile(times: Sequence[float], percent: int) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))] if ordered else 0.0


if __name__ == "__main__":
    sys.exit(main())
