"""The six steps as plain functions: collect, measure, assess, report, deliver, publish.

Each takes its connections and settings and finds none by itself; ``flows.py`` runs the same
functions under Prefect.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from features.ostrc import Ostrc
from features.training_log import Athlete, CheckIn, DayFeatures, Week
from models import risk, triage
from models.adherence import given
from models.verdict import Plan, RiskAssessment
from pipelines import measuring, rebuilding, watching
from pipelines.errors import BusyError, KneewiseError, OutdatedError
from pipelines.exports import RecordingNote
from pipelines.intake import Intake, Tick, take_in
from pipelines.jobs import recorded
from pipelines.logbook import digests, efforts, exercises, outbox, questionnaires, shoe_wear
from pipelines.logbook.store import Logbook, open_logbook
from pipelines.model_in_use import learned_coefficients
from pipelines.settings import Settings
from pipelines.story import build_story
from pipelines.surfaces.new_runs import match_new
from pipelines.telling import digest_mail, due, sending, trouble, weekly
from pipelines.warehouse import reading, store, writing
from pipelines.warehouse.store import Db
from reports.alerts import Notice
from reports.calendar_file import calendar_of
from reports.jobs import ASSESS, PUBLISH, REPORTS, SYNC
from reports.page import Page
from reports.week_page import compose
from reports.week_pdf import pdf_of
from reports.weekly import html_of, text_of

Progress = Callable[[str], AbstractContextManager[Tick]]
# tables that features read beside the recordings
LOGBOOK_COPIES = (
    *("athlete", "check_in", "recording_effort", "recording_surface"),
    *("shoe", "shoe_rule", "shoe_assignment", "shoe_break", "kept_apart", "file_decision"),
)


@dataclass(frozen=True, slots=True)
class Home:
    """One home folder, opened: its settings and its logbook."""

    settings: Settings
    logbook: Logbook


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """Where one weekly report was written, and the level it shows."""

    athlete: str
    week: Week
    level: str
    html: Path
    text: Path
    pdf: Path
    page: Page = field(repr=False)
    calendar: Path | None = None


@contextmanager
def open_home(settings: Settings) -> Iterator[Home]:
    """Make the home folder (closed to others) if need be, and open its logbook."""
    for folder in (settings.home, settings.originals_path, settings.inbox_path, settings.reports_path):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise KneewiseError(
                f"{folder} cannot be made ({error.strerror}). Give a folder that you may write to: --home DIR"
            ) from error
    with open_logbook(settings.logbook_place()) as logbook:
        yield Home(settings, logbook)


def collect(home: Home, db: Db, athlete: Athlete, paths: Sequence[Path], tick: Tick) -> Intake:
    """Bring the files at or below ``paths`` in for one athlete: each ends with an outcome."""

    def take_notes(notes: Sequence[RecordingNote]) -> None:
        worn = [(note.recording, note.shoe) for note in notes if note.shoe]
        days = reading.days_of(db, [recording for recording, _ in worn])
        shoe_wear.take_over(home.logbook, athlete.id, worn, days)
        efforts.take_over(
            home.logbook, athlete.id, [(n.recording, n.rpe) for n in notes if n.rpe is not None]
        )

    settings, now = home.settings, home.settings.now()
    return take_in(db, settings.originals_path, athlete, paths, settings.workers, tick, now, take_notes)


def measure(home: Home, db: Db) -> None:
    """Rebuild all features up to today (the latest today of any athlete's zone)."""
    athletes = home.logbook.athletes()
    _copy_logbook(home.logbook, db)
    if athletes:
        match_new(db, home.settings)
        measuring.measure(db, _latest_today(home, athletes))


def assess(home: Home, db: Db) -> None:
    """Conclude, for every Sunday and for today, how each athlete's week stands."""
    people = {athlete.id: athlete for athlete in home.logbook.athletes()}
    if not people:
        return
    fingerprint, learned = _fingerprint(home), learned_coefficients(home.settings, is_told=True)
    told = {athlete: home.logbook.check_ins(athlete, date.min, date.max) for athlete in people}
    answers = {athlete: questionnaires.ostrc(home.logbook, athlete) for athlete in people}
    with recorded(home, ASSESS) as counts:
        writing.put_assessments(
            db, (_verdicts(days, people, told, answers, learned) for days in reading.assessed_days(db))
        )
        writing.mark_current(db, fingerprint, _latest_today(home, list(people.values())))
        counts["athletes"] = len(people)


def _verdicts(
    days: Sequence[DayFeatures],
    people: Mapping[str, Athlete],
    told: Mapping[str, Sequence[CheckIn]],
    answers: Mapping[str, Sequence[Ostrc]],
    learned: risk.Coefficients | None,
) -> list[RiskAssessment]:
    """The verdicts on these days, scored at once."""
    known = [day for day in days if day.athlete in people]
    triages = [
        triage.triage(told[day.athlete], day.day, people[day.athlete].birth_year, answers[day.athlete])
        for day in known
    ]
    return list(risk.assess_days(known, [people[day.athlete] for day in known], triages, learned))


def report(home: Home, db: Db, athlete: Athlete, week: Week) -> WrittenReport:
    """Write one athlete's weekly report as HTML, plain text and PDF below the reports folder.

    Raises KneewiseError for a week that has not begun.
    """
    if week.first_day > home.settings.today_in(athlete.zone):
        raise KneewiseError(f"{week} has not begun for {athlete.name}; there is nothing to report yet.")
    story = build_story(home.settings, home.logbook, db, athlete, week)
    folder = home.settings.reports_path / athlete.id
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    page = compose(story)
    html, text, pdf = (folder / f"{week}.{ending}" for ending in ("html", "txt", "pdf"))
    _write_whole(html, html_of(page).encode())
    _write_whole(text, text_of(page).encode())
    _write_whole(pdf, pdf_of(page))
    calendar = folder / f"{week}.ics"
    _give_plan(home, athlete, week.shifted(1), story.plan, calendar)
    level = story.assessment.level.value
    return WrittenReport(
        athlete.id, week, level, html, text, pdf, page, calendar if calendar.exists() else None
    )


def _give_plan(home: Home, athlete: Athlete, week: Week, plan: Plan, calendar: Path) -> None:
    """Keep the plan of a week that is not over as it was given, and write it as a calendar file.

    What would have been planned for a week gone by was never given to anybody.
    """
    if week.last_day >= home.settings.today_in(athlete.zone):
        exercises.keep_plan(home.logbook, athlete.id, given(plan, week.first_day), home.settings.now())
    content = calendar_of(plan, athlete, week, home.settings.now())
    if content is None:
        calendar.unlink(missing_ok=True)
    else:
        _write_whole(calendar, content)


def deliver(home: Home, db: Db, athlete: Athlete) -> tuple[Notice, ...]:
    """Store the alerts that are due and were never told, with the message that carries them; return just those."""
    return outbox.tell(home.logbook, athlete, due.due(home, db, athlete), home.settings.now())


def deliver_check_ins(home: Home, athlete: Athlete) -> None:
    """Tell at once what the check-ins ask for: a red flag does not wait for the next sync."""
    found = due.not_snoozed(home, athlete, due.from_check_ins(home, athlete))
    outbox.tell(home.logbook, athlete, found, home.settings.now())
    sending.send_due(home)


def queue_report(home: Home, athlete: Athlete, written: WrittenReport) -> bool:
    """Put a written report into the outbox, once for each week; whether it is new there."""
    body = weekly.body(home, athlete, written.week, written.page, written.pdf.read_bytes())
    if written.calendar is not None:
        body = weekly.with_calendar(body, written.week.shifted(1), written.calendar.read_bytes())
    return weekly.queue(home, athlete, written.week, body)


def reports_due(home: Home) -> list[tuple[Athlete, Week]]:
    """Everyone whose week has ended since their last report, in their own morning, and that week."""
    now = home.settings.now()
    found = [(athlete, weekly.week_to_send(home, athlete, now)) for athlete in home.logbook.athletes()]
    return [(athlete, week) for athlete, week in found if week is not None]


def queue_report_due(home: Home, athlete: Athlete, week: Week) -> None:
    """Write and queue one of them; its athlete hears of a failure, once."""
    with trouble.told(home, "weekly report", [athlete.id]):
        catch_up(home)
        with recorded(home, REPORTS) as counts, store.open_published(home.settings.published_path) as db:
            queue_report(home, athlete, report(home, db, athlete, week))
            counts["reports"] = 1


def queue_reports_due(home: Home) -> None:
    """Write and queue the report of everyone whose week has ended since the last one, in their own morning."""
    for athlete, week in reports_due(home):
        queue_report_due(home, athlete, week)


def queue_digests_due(home: Home) -> int:
    """Queue the digest of every coach whose Monday morning has come since the last one; how many there were."""
    now = home.settings.now()
    found = digest_mail.coaches_due(home, now)
    if found:
        catch_up(home)
    return sum(digests.queue(home.logbook, coach.id, week, now) for coach, week in found)


def publish(home: Home, db: Db) -> None:
    """Give readers the new state in one step."""
    with recorded(home, PUBLISH):
        store.publish(db, home.settings.warehouse_path, home.settings.published_path)


def sync(
    home: Home, sources: Mapping[str, Sequence[Path]], progress: Progress
) -> tuple[dict[str, Intake], tuple[Notice, ...]]:
    """Collect each athlete's paths, then measure, assess, deliver and publish once; send what is due.

    Returns what became of the files per athlete, and the alerts told for the first time.
    """
    intakes: dict[str, Intake] = {}
    notices: tuple[Notice, ...] = ()
    settings = home.settings
    with (
        recorded(home, SYNC) as counts,
        trouble.told(home, "sync", sources),
        store.open_for_writing(settings.warehouse_path) as db,
    ):
        for athlete, paths in sources.items():
            with progress(f"reading files of {athlete}") as tick:
                intakes[athlete] = collect(home, db, home.logbook.athlete(athlete), paths, tick)
        counts.update(counted(intakes.values()))
        if not is_current(home, db):
            measure(home, db)
            assess(home, db)
        for athlete in sources:
            notices += deliver(home, db, home.logbook.athlete(athlete))
        counts["alerts"] = len(notices)
        publish(home, db)
    sending.send_due(home)
    return intakes, notices


def counted(intakes: Iterable[Intake]) -> dict[str, int]:
    """What became of files, in numbers."""
    told = list(intakes)
    return {
        "files": sum(intake.files for intake in told),
        **{name: sum(intake.outcomes.get(name, 0) for intake in told) for name in ("imported", "rejected")},
    }


def bring_up_to_date(home: Home, patience_s: float = store.WAIT_FOR_WRITER_S) -> None:
    """Measure, assess and publish anew, without new files."""
    with store.open_for_writing(home.settings.warehouse_path, patience_s) as db:
        measure(home, db)
        assess(home, db)
        publish(home, db)


def rebuild(home: Home, progress: Progress) -> dict[str, int]:
    """Read every kept original again and put the fresh warehouse in place of the old one.

    Raises KneewiseError, and changes nothing, if an imported file's original is gone.
    """
    settings = home.settings
    fresh = settings.warehouse_path.with_name(settings.warehouse_path.name + ".new")
    fresh.unlink(missing_ok=True)
    with store.open_for_writing(settings.warehouse_path) as old:
        gone = list(rebuilding.missing_originals(old, settings.originals_path))
        if gone:
            raise KneewiseError(
                f"{len(gone)} originals are gone from {settings.originals_path} (the first: {gone[0].path}). "
                "Put them back, or sync those files again, so that nothing is lost."
            )
        people = {athlete.id: athlete for athlete in home.logbook.athletes()}
        with store.open_for_writing(fresh) as new, progress("reading originals again") as tick:
            counts = rebuilding.read_again(
                old, new, settings.originals_path, people, settings.workers, tick, settings.now()
            )
    rebuilding.put_in_place(fresh, settings.warehouse_path)
    bring_up_to_date(home)
    return counts


def catch_up(home: Home) -> None:
    """Bring features and verdicts up to today, if a day or a word of the athlete has come since.

    While another process writes, readers keep to what is published: they never wait for it.
    """
    is_published = home.settings.published_path.is_file()
    if is_published:
        try:
            with store.open_published(home.settings.published_path) as db:
                if is_current(home, db):
                    return
        except OutdatedError:
            is_published = False  # readers cannot use it
    if not home.logbook.athletes():
        return
    try:
        bring_up_to_date(home, patience_s=0 if is_published else store.WAIT_FOR_WRITER_S)
    except BusyError:
        if not is_published:
            raise


def is_current(home: Home, db: Db) -> bool:
    """Whether verdicts rest on every file stored, on all that was told, and reach up to today."""
    athletes = home.logbook.athletes()
    if not athletes:
        return False
    return reading.is_current(db, _fingerprint(home), _latest_today(home, athletes))


def _latest_today(home: Home, athletes: Sequence[Athlete]) -> date:
    """The latest calendar day that it now is for any of them."""
    return max(home.settings.today_in(athlete.zone) for athlete in athletes)


def inbox_of(settings: Settings, athlete: Athlete) -> Path:
    """The athlete's own folder below the inbox."""
    return settings.inbox_path / athlete.id


def settled_inbox(home: Home) -> dict[str, list[Path]]:
    """Athlete → the files of their inbox that are whole; one still being copied waits for the next look."""
    inbox = home.settings.inbox_path.resolve()
    files = watching.settled_files(inbox, home.settings.settle_s)
    return watching.owners_of(files, inbox, home.logbook.athletes(), None).sources


def last_full_week(settings: Settings, athlete: Athlete) -> Week:
    """The newest week that is over for this athlete."""
    return Week.of(settings.today_in(athlete.zone), athlete.week_start).shifted(-1)


def _copy_logbook(logbook: Logbook, db: Db) -> None:
    told = logbook.everything_told()
    db.execute("begin")
    for table in LOGBOOK_COPIES:
        writing.replace(db, table, told[table])
    db.execute("commit")


def _fingerprint(home: Home) -> str:
    """Changes whenever anything that people told us does, or the model that is scored with."""
    learned = learned_coefficients(home.settings)
    told = sorted(home.logbook.everything_told().items())
    return hashlib.sha256(repr((told, learned and learned.version)).encode()).hexdigest()


def _write_whole(path: Path, content: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(content)
    os.replace(fresh, path)
