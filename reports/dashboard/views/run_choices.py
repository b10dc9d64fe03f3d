"""What a run's owner may correct with one tap: the pair, and the ground."""

from __future__ import annotations

from dataclasses import dataclass

from reports import wording
from reports.dashboard.views.run_facts import NO_SHOE, RunFacts
from reports.run_story import RunStory

GROUNDS = {
    "hard": "Hard",
    "firm": "Firm",
    "natural": "Natural",
    "track": "Running track",
    "treadmill": "Treadmill",
}


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    words: str
    chosen: bool


def shoes_said(facts: RunFacts, story: RunStory) -> str:
    """``story`` is the run as told."""
    if facts.told.shoes.keys() == {NO_SHOE}:
        return "None of the pairs, as told"
    if not story.shoes:
        return "Not known"
    said = [
        pair.name if pair.share > 0.995 else f"{pair.name} ({wording.percent(pair.share)})"
        for pair in story.shoes
    ]
    return wording.listed(said)


def shoe_choices(facts: RunFacts, story: RunStory) -> tuple[Choice, ...]:
    """``story`` is the run as told."""
    worn = {pair.name for pair in story.shoes if pair.share > 0.5}
    day = story.day
    pairs = [p for p in facts.pairs if p.bought_on <= day and (p.retired_on is None or p.retired_on >= day)]
    choices = [Choice(pair.id, pair.name, pair.name in worn) for pair in pairs]
    choices.append(Choice("none", "None of these", facts.told.shoes.keys() == {NO_SHOE}))
    if facts.told.shoes:
        choices.append(Choice("rules", "As the rules say", False))
    return tuple(choices)


def surface_choices(facts: RunFacts) -> tuple[Choice, ...]:
    if facts.story.sport != "running" or facts.story.surface_source == "indoor":
        return ()
    choices = [Choice(code, words, facts.told.surface == code) for code, words in GROUNDS.items()]
    if facts.told.surface is not None:
        choices.append(Choice("unsaid", "Take it back", False))
    return tuple(choices)
