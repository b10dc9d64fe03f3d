"""What deserves a notice between reports: shoes, runs that jump or would, a knee that gets worse, data that stays away.

Pure: the same facts always give the same notices. Whether one was sent before is the
caller's to remember, by (athlete, kind, subject, stage).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from features import evidence
from features.training_log import CheckIn, ShoeDay
from models.envelope import PlannedRun
from models.risk import STEPS
from models.triage import triage
from models.verdict import RiskAssessment
from reports import causes, sentences
from reports.shoe_life import ShoeLife
from reports.week_story import SessionLine
from reports.wording import Measure, count, listed, long_date, plain, spelled, weekday

SHOE = "shoe"
SPIKE = "run_spike"
PLANNED = "planned_run"
PAIN = "pain_rising"
RED_FLAG = "red_flag"
NO_DATA = "no_data"
FILES = "failed_files"
BROKEN = "sync_broken"
KINDS = (SHOE, SPIKE, PLANNED, PAIN, RED_FLAG, NO_DATA, FILES, BROKEN)
URGENT = frozenset({RED_FLAG})  # does not wait for the next day's message
WEEKLY_REPORT = "weekly_report"  # no alert, but chosen or switched off like one

FILES_NAMED = 5  # more are told as a count


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing worth telling once. ``covers`` are the stages that count as told with it, its
    own included: a lower stage is never sent after a higher one."""

    athlete: str
    kind: str
    subject: str
    stage: str
    day: date
    text: str
    covers: tuple[str, ...]


def shoe_notices(shoes: Sequence[ShoeDay], units: str = "km") -> tuple[Notice, ...]:
    """The highest stage that each pair in use has reached; retired pairs are silent."""
    return tuple(_shoe_notices(shoes, Measure(units)))


def _shoe_notices(shoes: Sequence[ShoeDay], measure: Measure) -> Iterator[Notice]:
    for state in shoes:
        life = ShoeLife(state)
        if life.retired or not life.stages:
            continue
        yield Notice(
            athlete=state.shoe.athlete,
            kind=SHOE,
            subject=state.shoe.id,
            stage=life.stages[-1],
            day=state.day,
            text=life.notice(measure),
            covers=life.stages,
        )


def spike_stage(ratio: float) -> str | None:
    """The state of a run by the bins of the run-spike study (upper bounds belong to the lower
    state there); None for an ordinary run. doi:10.1136/bjsports-2024-109380"""
    for stage in ("large", "moderate", "small"):
        if ratio > evidence.value(f"spike_{stage}_from"):
            return stage
    return None


def stands_out(session: SessionLine, recorded_since: date | None) -> str | None:
    """The state of a run whose thirty days before are on record: in a shorter record most runs are the longest."""
    if session.spike_ratio is None or recorded_since is None:
        return None
    is_comparable = (session.day - recorded_since).days >= evidence.value("spike_window_days")
    return spike_stage(session.spike_ratio) if is_comparable else None


def spike_notices(
    sessions: Sequence[SessionLine],
    athlete: str,
    as_of: date,
    recorded_since: date | None,
    units: str = "km",
) -> tuple[Notice, ...]:
    """Runs of the seven days up to ``as_of`` that stand above the thirty days before them."""
    measure = Measure(units)
    return tuple(
        notice
        for session in sessions
        if as_of - timedelta(days=7) < session.day <= as_of
        and (notice := _spike_notice(session, athlete, measure, recorded_since)) is not None
    )


def _spike_notice(
    session: SessionLine, athlete: str, measure: Measure, recorded_since: date | None
) -> Notice | None:
    distance_m, reference_m = session.distance_m, session.reference_m
    stage = stands_out(session, recorded_since)
    if stage is None or distance_m is None or reference_m is None:
        return None
    order = ("small", "moderate", "large")
    return Notice(
        athlete=athlete,
        kind=SPIKE,
        subject=session.activity_id,
        stage=stage,
        day=session.day,
        text=causes.run_jump(distance_m, reference_m, session.day, measure) + " " + causes.AFTER_A_JUMP,
        covers=order[: order.index(stage) + 1],
    )


def planned_run_notices(
    run: PlannedRun,
    without: RiskAssessment,
    planned: RiskAssessment,
    longest_m: float | None,
    as_of: date,
    units: str = "km",
) -> tuple[Notice, ...]:
    """A planned run that would raise the level, told once for each level that it would raise it to."""
    known = without.level in STEPS and planned.level in STEPS
    if not known or STEPS.index(planned.level) <= STEPS.index(without.level):
        return ()
    measure, stages = Measure(units), tuple(level.value for level in STEPS[1:])
    now, then = (sentences.level(verdict.level).word.lower() for verdict in (without, planned))
    labels = [causes.words(reason.code).label for reason in planned.reasons]
    because = listed([label[:1].lower() + label[1:] for label in labels])
    keeps = ""
    if longest_m is not None and longest_m < run.distance_m:
        keeps = f" Up to {measure.careful_distance(longest_m)}, the distance alone would not raise it."
    return (
        Notice(
            athlete=planned.athlete,
            kind=PLANNED,
            subject=f"{run.day}/{run.distance_m:.0f}",
            stage=planned.level.value,
            day=as_of,
            text=f"The {measure.distance(run.distance_m)} that you plan for {weekday(run.day)} {long_date(run.day)} "
            f"would raise your level from {now} to {then}: {because}.{keeps}",
            covers=stages[: stages.index(planned.level.value) + 1],
        ),
    )


def pain_notices(check_ins: Sequence[CheckIn], athlete: str, as_of: date) -> tuple[Notice, ...]:
    """Pain that rose from check-in to check-in, time after time, up to the newest of the last days.

    Told once for each climb, however long it goes on.
    """
    told = [(c.day, c.worst_pain) for c in check_ins if c.worst_pain is not None and c.day <= as_of]
    climb = told[-1:]
    for (day, pain), (_, next_pain) in reversed(list(pairwise(told))):
        if pain >= next_pain:
            break
        climb.insert(0, (day, pain))
    rises = len(climb) - 1
    if rises < evidence.value("pain_rises_in_a_row"):
        return ()
    newest, first_day = climb[-1][0], climb[0][0]
    if (as_of - newest).days >= evidence.value("pain_window_days"):
        return ()
    pains = listed([str(pain) for _, pain in climb], last="then")
    return (
        Notice(
            athlete=athlete,
            kind=PAIN,
            subject=str(first_day),
            stage="rising",
            day=newest,
            text=f"Your knee pain has risen {spelled(rises)} times in a row: {pains} of 10. "
            "Ease off now: shorter and flatter runs, or a session that does not hurt. "
            "If it goes on rising, have it looked at.",
            covers=("rising",),
        ),
    )


def red_flag_notices(
    check_ins: Sequence[CheckIn], athlete: str, as_of: date, birth_year: int | None = None
) -> tuple[Notice, ...]:
    """One notice for each red flag that stands, from the day since which it has stood without a break."""
    standing = triage(check_ins, as_of, birth_year).red_flags
    since = {flag: str(_standing_since(check_ins, flag, as_of, birth_year)) for flag in standing}
    return tuple(
        Notice(
            athlete=athlete,
            kind=RED_FLAG,
            subject=flag,
            stage=day,
            day=as_of,
            text=f"You told us: {sentences.RED_FLAGS[flag][0]} {sentences.red_flag_opening((flag,))} "
            + " ".join(sentences.RED_FLAG_STEPS[::2]),
            covers=(day,),
        )
        for flag, day in since.items()
    )


def _standing_since(check_ins: Sequence[CheckIn], flag: str, as_of: date, birth_year: int | None) -> date:
    day = as_of
    while flag in triage(check_ins, day - timedelta(days=1), birth_year).red_flags:
        day -= timedelta(days=1)
    return day


def no_data_notices(last_day: date | None, athlete: str, as_of: date, silent_days: int) -> tuple[Notice, ...]:
    """Nothing recorded for so many days, told once for each gap; who never had data is not nagged."""
    if last_day is None or (as_of - last_day).days < silent_days:
        return ()
    return (
        Notice(
            athlete=athlete,
            kind=NO_DATA,
            subject=str(last_day),
            stage="silent",
            day=as_of,
            text=f"Nothing has been recorded since {weekday(last_day)} {long_date(last_day)}, "
            f"{count((as_of - last_day).days, 'day')} ago. If you did train, see whether your watch still "
            "hands its files over. If you rest, all is well.",
            covers=("silent",),
        ),
    )


def file_notices(rejected: Sequence[tuple[str, str, str]], athlete: str, as_of: date) -> tuple[Notice, ...]:
    """Files that could not be read, as (content hash, name, reason), all in one notice."""
    if not rejected:
        return ()
    named = [f"{plain(name)} ({plain(reason)})" for _, name, reason in rejected[:FILES_NAMED]]
    more = len(rejected) - len(named)
    if more:
        named.append(f"{more:,} more")
    return (
        Notice(
            athlete=athlete,
            kind=FILES,
            subject="files",
            stage=rejected[0][0],
            day=as_of,
            text=f"{count(len(rejected), 'file')} could not be read: {listed(named)}. "
            "Nothing of them counts. All of them: kneewise files --outcome rejected",
            covers=tuple(content for content, _, _ in rejected),
        ),
    )


def broken_notice(what: str, reason: str, athlete: str, as_of: date) -> Notice:
    """Something that runs by itself has failed; told once, until it has succeeded again."""
    return Notice(
        athlete=athlete,
        kind=BROKEN,
        subject=what,
        stage="broken",
        day=as_of,
        text=f"The {what} has failed: {plain(reason)} Until it works again nothing new is read or judged.",
        covers=("broken",),
    )
