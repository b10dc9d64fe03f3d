"""The coach's roster: whom to call and why, in order; who needs nothing is one quiet line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from features import evidence
from models.verdict import Level
from reports import attention, sentences, wording
from reports.attention import Standing
from reports.attention_words import line, top_reason
from reports.wording import Measure

NOT_SHARED = "not shared"
LEVELS = (Level.HIGH, Level.ELEVATED, Level.GUARDED, Level.LOW, Level.UNKNOWN)


@dataclass(frozen=True, slots=True)
class LevelCell:
    """A level by colour class, shape and word; ``was`` is that of a week ago where it differs."""

    code: str
    shape: str
    word: str
    was: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One athlete; ``lines`` say why they are worth a look, the most pressing first: that of ``code``."""

    athlete: str
    name: str
    level: LevelCell | None
    code: str | None
    lines: tuple[str, ...]
    reason: str | None
    pain: str
    pain_before: str | None
    is_hurting: bool
    load: str
    usual: str | None
    plan: str | None
    last: str
    is_training_shared: bool


@dataclass(frozen=True, slots=True)
class FilterLink:
    key: str
    word: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """``rows`` are worth a look; ``quiet`` are as usual. With a filter chosen all are in ``rows``."""

    as_of: str | None
    headline: str
    is_empty: bool
    filters: tuple[FilterLink, ...]
    levels: tuple[FilterLink, ...]
    is_filtered: bool
    rows: tuple[Row, ...]
    quiet: tuple[Row, ...]
    quiet_line: str
    has_plans: bool


def has_no_data(standing: Standing) -> bool:
    """Training is shared, and there is no level, or nothing was recorded for a week."""
    days = standing.days_since_run
    return standing.level is Level.UNKNOWN or (
        standing.level is not None and (days is None or days >= evidence.value("acute_window_days"))
    )


FILTERS: dict[str, tuple[str, Callable[[Standing], bool]]] = {
    "word": ("Needs a word", attention.needs_a_word),
    "changed": ("Changed", attention.is_changed),
    "no-data": ("No data", has_no_data),
}


def roster(standings: Sequence[Standing], today: date, chosen: str | None, level: str | None) -> Roster:
    """``chosen`` is a key of ``FILTERS``, ``level`` the code of a level; anything else chooses nothing."""
    ordered = attention.in_order(standings)
    shown = [s for s in ordered if _is_chosen(s, chosen, level)]
    is_filtered = chosen in FILTERS or level in {one.value for one in LEVELS}
    rows = [s for s in shown if is_filtered or attention.codes(s)]
    quiet = [s for s in shown if not is_filtered and not attention.codes(s)]
    days = [s.day for s in ordered if s.day is not None]
    return Roster(
        as_of=_as_of(max(days), today) if days else None,
        headline=_headline(ordered),
        is_empty=not ordered,
        filters=tuple(
            FilterLink(key, word, sum(map(holds, ordered)), key == chosen)
            for key, (word, holds) in FILTERS.items()
        ),
        levels=tuple(
            FilterLink(one.value, sentences.level(one).word, count, one.value == level)
            for one in LEVELS
            if (count := sum(s.level is one for s in ordered))
        ),
        is_filtered=is_filtered,
        rows=tuple(_row(s, today) for s in rows),
        quiet=tuple(_row(s, today) for s in quiet),
        quiet_line=f"{wording.count(len(quiet), 'athlete')} as usual",
        has_plans=any(s.plan for s in rows),
    )


def _is_chosen(standing: Standing, chosen: str | None, level: str | None) -> bool:
    if chosen in FILTERS and not FILTERS[chosen][1](standing):
        return False
    return level not in {one.value for one in LEVELS} or standing.level == level


def _headline(standings: Sequence[Standing]) -> str:
    """The ten seconds: how many to call."""
    if not standings:
        return ""
    calls = sum(map(attention.needs_a_word, standings))
    everyone = wording.count(len(standings), "athlete")
    if calls == 0:
        return f"Nobody needs a word today: {everyone}, none with a change or a level to act on."
    verb = "needs" if calls == 1 else "need"
    return f"{wording.capitalised(wording.spelled(calls))} of {everyone} {verb} a word."


def _as_of(day: date, today: date) -> str | None:
    """Said only where it is not today's."""
    late = (today - day).days
    if late < 1:
        return None
    return f"Levels are of {wording.weekday(day)} {wording.long_date(day)}, {wording.count(late, 'day')} ago."


def _row(s: Standing, today: date) -> Row:
    measure = Measure()
    codes = attention.codes(s)
    # the chip says the level already
    told = [c for c in codes if c not in (attention.HIGH, attention.ELEVATED) or c == codes[0]]
    return Row(
        athlete=s.athlete,
        name=s.name,
        level=_level(s),
        code=codes[0] if codes else None,
        lines=tuple(line(code, s, measure) for code in told),
        reason=top_reason(s, measure),
        pain=_pain(s),
        pain_before=_pain_before(s),
        is_hurting=s.pain is not None and bool(s.pain.worst or s.pain.red_flags),
        load=_load(s, measure),
        usual=_usual(s, measure),
        plan=None if s.plan is None else f"{s.plan.done} of {s.plan.asked}",
        last=_last(s, today),
        is_training_shared=s.level is not None,
    )


def _pain(s: Standing) -> str:
    if s.pain is None:
        return NOT_SHARED
    return "not told" if s.pain.worst is None else f"{s.pain.worst} of 10"


def _pain_before(s: Standing) -> str | None:
    if s.pain is None or s.pain.worst_before in (None, s.pain.worst):
        return None
    return f"{s.pain.worst_before} the week before"


def _level(s: Standing) -> LevelCell | None:
    if s.level is None:
        return None
    words = sentences.level(s.level)
    was = s.level_before if s.level_before is not s.level else None
    return LevelCell(
        s.level.value, words.shape, words.word, None if was is None else sentences.level(was).word
    )


def _load(s: Standing, measure: Measure) -> str:
    """The week's knee-equivalent distance; the distance where that is not known."""
    if s.level is None:
        return NOT_SHARED
    return measure.distance(s.week_m if s.knee_week_m is None else s.knee_week_m)


def _usual(s: Standing, measure: Measure) -> str | None:
    usual = s.week_usual_m if s.knee_week_m is None else s.knee_week_usual_m
    return None if usual is None else f"usually {measure.distance(usual)}"


def _last(s: Standing, today: date) -> str:
    if s.level is None:
        return NOT_SHARED
    if s.last_recorded is None:
        return "nothing yet"
    days = (today - s.last_recorded).days
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{wording.count(days, 'day')} ago"
