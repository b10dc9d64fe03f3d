"""What a week without a level says instead of one: what is missing, since when, and what would bring it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from features import evidence
from reports import sentences, wording
from reports.week_story import WeekStory


def because(story: WeekStory) -> tuple[str, ...]:
    """Empty where there is a level."""
    return tuple(_because(story))


def _because(story: WeekStory) -> Iterator[str]:
    days, codes = round(story.features["history_days"] or 0), story.assessment.unknown_because
    if codes and not days:
        yield "Nothing has been recorded yet, so there is nothing to judge."
        yield (
            "Bring your past runs in: the export of your watch's or sports service's account holds them all, and with "
            f"{round(evidence.value('spike_window_days'))} days of them the level begins at once: kneewise sync FILE."
        )
        return
    for code in codes:
        yield sentences.UNKNOWN_BECAUSE[code]
        if code == "history_too_short":
            yield _when_it_begins(story, days)
        if code == "no_run_this_week":
            yield from _last_run(story)


def _when_it_begins(story: WeekStory, days: int) -> str:
    needed = round(evidence.value("spike_window_days"))
    since, begins = story.as_of - timedelta(days=days - 1), story.as_of + timedelta(days=needed - days)
    return (
        f"Your record began on {wording.weekday(since)} {wording.long_date(since)}: that is {days} of {needed} days. "
        f"If you go on recording, the level begins on {wording.weekday(begins)} {wording.long_date(begins)}; older "
        "files, if you have them, bring it at once."
    )


def _last_run(story: WeekStory) -> Iterator[str]:
    ago = story.features["days_since_last_run"]
    if ago is None:
        return
    day = story.as_of - timedelta(days=round(ago))
    yield (
        f"Your last run on record was on {wording.weekday(day)} {wording.long_date(day)}. If you rested, all is well. "
        "If you ran, see whether your watch still hands its files over."
    )
