"""Everything a run's page is made from, gathered for one viewer: what is not theirs to see is not in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from features.knee_parts import KneeParts
from features.stream_measures import Segments
from features.training_log import Athlete, Shoe, Track
from reports.run_story import RunStory, WornPair

NO_SHOE = ""  # a run in none of the athlete's pairs


@dataclass(frozen=True, slots=True)
class Told:
    """What the athlete said of it by hand, whether or not features know it yet."""

    shoes: dict[str, float]
    rpe: float | None
    recovery: float | None
    surface: str | None


@dataclass(frozen=True, slots=True)
class RunFacts:
    """``stretches`` are (from_m, to_m, class) of the map that knows the ground, empty without one.

    ``spike_ratio`` and ``reference_m`` belong to the session that it is part of: ``session_m``.
    """

    athlete: Athlete
    story: RunStory
    told: Told
    pairs: tuple[Shoe, ...]
    track: Track | None
    segments: Segments
    stretches: tuple[tuple[float, float, str], ...]
    parts: KneeParts | None
    spike_ratio: float | None
    reference_m: float | None
    session_m: float | None
    shows_body: bool
    shows_positions: bool


def as_told(facts: RunFacts) -> tuple[RunStory, bool]:
    """The story with the last word of the athlete in it, and whether features do not know that word yet."""
    story, told = facts.story, facts.told
    names = {pair.id: pair.name for pair in facts.pairs}
    worn = story.shoes
    if told.shoes:
        worn = tuple(
            WornPair(names.get(shoe, shoe), share, "hand")
            for shoe, share in sorted(told.shoes.items(), key=lambda item: -item[1])
            if shoe != NO_SHOE
        )
    elif any(pair.matched_by == "hand" for pair in worn):
        worn = ()  # taken back: what counts instead is worked out anew
    fresh = replace(
        story,
        shoes=worn,
        rpe=story.rpe if told.rpe is None else round(told.rpe),
        recovery=story.recovery if told.recovery is None else round(told.recovery),
    )
    if told.surface is not None and story.surface_source != "indoor":
        fresh = replace(fresh, surfaces=((told.surface, 1.0),), surface_source="told", surface_confidence=1.0)
    elif story.surface_source == "told":
        fresh = replace(fresh, surfaces=(("unknown", 1.0),), surface_source=None)
    return fresh, fresh != story


def without_body(story: RunStory) -> RunStory:
    """Without heart rate and what rests on it."""
    by_heart = story.intensity_from == "heart_rate"
    return replace(
        story,
        mean_heart_rate_bpm=None,
        zone_s=None,
        trimp_banister=None,
        trimp_edwards=None,
        high_intensity_s=None if by_heart else story.high_intensity_s,
        intensity_from=None if by_heart else story.intensity_from,
    )
