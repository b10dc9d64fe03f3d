"""The week's page: the weekly report's words in the order in which a phone is read, answer first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reports import causes, wording
from reports.dashboard.viewer import Scope
from reports.dashboard.views.shared_week import NOT_SHARED, OF_BODY, UNSEEN_EXERCISES, as_shared
from reports.page import CauseRow, ChangeRow, Page, RunRow, Why
from reports.week_page import RUNNING, compose, first_day, run_row
from reports.week_story import SessionLine, WeekStory
from reports.why_page import HELD_BY_INJURY
from reports.wording import Measure

MASKED = "Not shared with you"
ACTIONS_FIRST = 2  # more do not fit a glance
UNCHANGEABLE = (causes.words("previous_knee_injury").label, MASKED)
WITHHELD = "What the coming week rests on was not shared with you in full, so no run length is shown."
CHOSEN_UNSEEN = "What the exercises are chosen by was not shared with you."


@dataclass(frozen=True, slots=True)
class LinkedRun:
    """A run's line, and the id of its own page."""

    activity: str
    row: RunRow


@dataclass(frozen=True, slots=True)
class WeekView:
    """``page`` holds the words; ``earlier`` and ``later`` are the weeks on either side, where there are any.

    ``actions`` are the first of the coming week's changes; ``runs`` those of the last seven days while the week is
    under way, as the level is about these. ``shows_pain`` and ``shows_body`` say what was shared.
    """

    athlete: str
    week: str
    title: str
    page: Page
    mostly: str | None
    summary: str
    earlier: str | None
    later: str | None
    is_current: bool
    is_empty: bool
    actions: tuple[ChangeRow, ...]
    runs: tuple[LinkedRun, ...]
    shows_pain: bool
    shows_body: bool
    behind: str | None


def week_view(story: WeekStory, today: date, scopes: Collection[Scope]) -> WeekView:
    """Of the week of ``today`` (the athlete's), ``story.sessions`` are those of the seven days up to ``story.as_of``."""
    shared = as_shared(story, scopes)
    page = _unsaid(compose(shared), story, shared, scopes)
    current = is_under_way(story, today)
    first = first_day(story)
    measure = Measure(story.athlete.units)
    return WeekView(
        athlete=story.athlete.id,
        week=str(story.week),
        title="This week" if current else page.number,
        page=page,
        mostly=_mostly(page.why),
        summary=_last_seven_days(story.sessions, measure) if current else page.summary,
        earlier=None if first is None or first >= story.week.first_day else str(story.week.shifted(-1)),
        later=None if current else str(story.week.shifted(1)),
        is_current=current,
        is_empty=first is None,
        actions=page.next_week.changes[:ACTIONS_FIRST],
        runs=_linked(story.sessions, measure, first_day(story)),
        shows_pain=Scope.PAIN in scopes,
        shows_body=Scope.BODY in scopes,
        behind=_behind(story.as_of, today) if current else None,
    )


def is_under_way(story: WeekStory, today: date) -> bool:
    return story.as_of < story.week.last_day or today <= story.week.last_day


def _mostly(why: Why) -> str | None:
    """The largest reason; of this week's running, if it has one, as that can be changed."""
    rows = [row for row in why.acting if row.label not in UNCHANGEABLE] or why.acting
    return max(rows, key=lambda row: row.width).sentence if rows else None


def _linked(
    sessions: Sequence[SessionLine], measure: Measure, recorded_since: date | None
) -> tuple[LinkedRun, ...]:
    """Newest first: the last run is what people look for."""
    runs = sorted((s for s in sessions if s.sport == RUNNING), key=lambda s: s.started_at, reverse=True)
    return tuple(LinkedRun(run.activity_id, run_row(run, measure, recorded_since)) for run in runs)


def _last_seven_days(sessions: Sequence[SessionLine], measure: Measure) -> str:
    """What was run, in the span that the level looks at; the week itself may have just begun."""
    runs = [s for s in sessions if s.sport == RUNNING]
    if not runs:
        return "No runs recorded in the last seven days."
    known = [run.distance_m for run in runs if run.distance_m is not None]
    count = wording.count(len(runs), "run")
    if not known:
        return f"{count} of unknown distance in the last seven days."
    least = "at least " if len(known) < len(runs) else ""
    return f"{count}, {least}{measure.distance(sum(known))} in the last seven days."


def _behind(as_of: date, today: date) -> str | None:
    if as_of >= today:
        return None
    return f"Worked out up to {wording.weekday(as_of)} {wording.short_date(as_of)}; later days follow with the next sync."


def _unsaid(page: Page, story: WeekStory, shared: WeekStory, scopes: Collection[Scope]) -> Page:
    """What was left out is said to be left out, so that nobody takes it for nothing."""
    by_pain = story.assessment.overridden_by is not None and Scope.PAIN not in scopes
    level = replace(page.level, meaning=NOT_SHARED) if by_pain else page.level
    coming = page.next_week
    # that anything was told at all is not told by this: where the knee says nothing against a run, so does the page
    is_stopped = shared.triage.exercises_allowed and not story.triage.exercises_allowed
    if shared.plan.longest_run_m is None and (story.plan.longest_run_m is not None or is_stopped):
        coming = replace(coming, longest_basis=WITHHELD)
    if shared.plan.exercises is UNSEEN_EXERCISES:
        coming = replace(coming, exercises_because=CHOSEN_UNSEEN)
    return replace(page, level=level, next_week=coming, why=_why(page.why, shared, by_pain, scopes))


def _why(why: Why, shared: WeekStory, by_pain: bool, scopes: Collection[Scope]) -> Why:
    acting, closing = why.acting, list(why.closing)
    if Scope.BODY not in scopes:
        acting = tuple(
            _masked(row) if reason.code in OF_BODY else row
            for row, reason in zip(acting, shared.assessment.reasons, strict=True)
        )
    if not {Scope.BODY, Scope.PAIN} <= set(scopes):
        closing = [line for line in closing if line != HELD_BY_INJURY]
    if by_pain:
        closing.append(NOT_SHARED)
    return replace(why, acting=acting, closing=tuple(closing))


def _masked(row: CauseRow) -> CauseRow:
    return replace(row, label=MASKED, sentence="What this is was not shared with you.", grade="", cites=())
