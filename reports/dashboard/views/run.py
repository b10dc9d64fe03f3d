"""A run's page: what it was, what it asked of the knee and why, how it went, and what its owner may correct."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from features import surfaces
from features.training_log import Track, Week
from reports import alerts, one_run, sentences, wording
from reports.dashboard.views import run_streams
from reports.dashboard.views.run_choices import Choice, shoe_choices, shoes_said, surface_choices
from reports.dashboard.views.run_facts import RunFacts, as_told
from reports.dashboard.views.run_map import RunMap, run_map
from reports.one_run import RunLines
from reports.wording import Measure

# Grade classes of the line, from the steepest descent up: below which rise over run, code, words.
GRADES = (
    (-0.06, "down2", "steeply down (6 % and more)"),
    (-0.02, "down1", "down (2 to 6 %)"),
    (0.02, "level", "level"),
    (0.06, "up1", "up (2 to 6 %)"),
    (np.inf, "up2", "steeply up (6 % and more)"),
)
KIND_WORDS = {
    **{code: words for _, code, words in GRADES},
    "hard": "hard ground",
    "firm": "firm ground",
    "natural": "natural ground",
    "track": "running track",
    "unknown": "not known",
}
PARTS = (("pace", "Pace"), ("hills", "Hills"), ("cadence", "Cadence"))
AS_USUAL = 0.005  # a part that is printed as × 1.00


@dataclass(frozen=True, slots=True)
class Stat:
    name: str
    value: str
    beside: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One factor of the knee load: how it is called, and what it makes of the run's length."""

    name: str
    factor: str
    words: str


@dataclass(frozen=True, slots=True)
class RunView:
    athlete: str
    name: str
    activity: str
    kind: str
    when: str
    week: str
    stats: tuple[Stat, ...]
    spike: str | None
    stands_out: bool
    lines: RunLines
    parts: tuple[Part, ...]
    ground: tuple[tuple[str, float, str], ...]
    shoes: str
    shoe_choices: tuple[Choice, ...]
    effort: int | None
    recovery: int | None
    surface_choices: tuple[Choice, ...]
    is_run: bool
    is_pending: bool
    map: RunMap | None
    map_kinds: tuple[tuple[str, str], ...]
    colour: str
    colours: tuple[str, ...]
    streams: run_streams.Streams | None
    shows_body: bool
    shows_positions: bool


def run_view(facts: RunFacts, colour: str | None) -> RunView:
    measure = Measure(facts.athlete.units)
    story, pending = as_told(facts)
    colours = tuple(c for c, has in (("surface", facts.stretches), ("grade", _has_grade(facts))) if has)
    chosen = colour if colour in colours else next(iter(colours), "")
    drawn, lines_of = _drawn(facts, chosen, measure)
    ratio = facts.spike_ratio
    return RunView(
        athlete=facts.athlete.id,
        name=facts.athlete.name,
        activity=story.id,
        kind=sentences.sport(story.sport, story.sub_sport),
        when=f"{wording.weekday(story.day)} {wording.long_date(story.day)}, {wording.clock(story.started_at, story.zone)}",
        week=str(Week.of(story.day, facts.athlete.week_start)),
        stats=tuple(_stats(facts, measure)),
        spike=_spike(facts, measure),
        stands_out=ratio is not None and alerts.spike_stage(ratio) is not None,
        lines=one_run.lines(story, measure),
        parts=_parts(facts),
        ground=tuple(
            (name, round(100 * share, 1), wording.percent(share))
            for name, share in story.surfaces
            if share >= 0.005
        ),
        shoes=shoes_said(facts, story),
        shoe_choices=shoe_choices(facts, story),
        effort=None if story.rpe is None else round(story.rpe),
        recovery=None if story.recovery is None else round(story.recovery),
        surface_choices=surface_choices(facts),
        is_run=story.sport == "running",
        is_pending=pending,
        map=drawn,
        map_kinds=tuple((kind, words) for kind, words in KIND_WORDS.items() if drawn and kind in drawn.kinds),
        colour=chosen,
        colours=colours,
        streams=lines_of,
        shows_body=facts.shows_body,
        shows_positions=facts.shows_positions,
    )


def _drawn(
    facts: RunFacts, colour: str, measure: Measure
) -> tuple[RunMap | None, run_streams.Streams | None]:
    track = facts.track
    if track is None or len(track) < 2:
        return None, None
    bins = run_streams.bins_of(track)
    kinds = _kinds(facts, track, colour)
    return (
        run_map(track.latitude_deg, track.longitude_deg, kinds, bins, measure),
        run_streams.streams(track, bins, measure),
    )


def _kinds(facts: RunFacts, track: Track, colour: str) -> Sequence[str]:
    """What each sample is coloured by."""
    along = run_streams.way(track)
    if colour == "surface":
        ends = np.array([to for _, to, _ in facts.stretches])
        names = [surfaces.GROUP_OF.get(name, "unknown") for _, _, name in facts.stretches]
    elif colour == "grade":
        ends = np.cumsum(facts.segments.distance_m)
        names = [_grade(grade) for grade in facts.segments.grade.tolist()]
    else:
        return ["plain"] * len(track)
    at = np.minimum(np.searchsorted(ends, along, side="right"), len(names) - 1)
    return [names[n] for n in at.tolist()]


def _grade(grade: float) -> str:
    if grade != grade:
        return "unknown"
    return next(code for below, code, _ in GRADES if grade < below)


def _has_grade(facts: RunFacts) -> bool:
    return bool((~np.isnan(facts.segments.grade)).any())


def _stats(facts: RunFacts, measure: Measure) -> list[Stat]:
    run = facts.story
    seconds = run.moving_s if run.moving_s is not None else run.duration_s
    found = [
        Stat("Distance", measure.distance(run.distance_m)),
        Stat("Moving", wording.duration(seconds)),
        _pace(measure.pace(run.distance_m, seconds)),
        Stat("Down", measure.height(run.descent_m), f"up {measure.height(run.ascent_m)}"),
    ]
    if run.knee_equivalent_m is not None:
        per = f"{run.knee_equivalent_m / run.distance_m:.2f} × its length" if run.distance_m else ""
        found.append(Stat("Knee-equivalent", measure.distance(run.knee_equivalent_m), per))
    if run.mean_heart_rate_bpm is not None:
        found.append(Stat("Heart rate", f"{run.mean_heart_rate_bpm:.0f}", "beats a minute"))
    if run.mean_cadence_spm is not None:
        found.append(Stat("Cadence", f"{run.mean_cadence_spm:.0f}", "steps a minute"))
    return found


def _pace(said: str) -> Stat:
    """The unit stands small beside it, where there is one."""
    value, _, unit = said.partition(" min/")
    return Stat("Pace", value, unit=f"min/{unit}" if unit else "")


def _spike(facts: RunFacts, measure: Measure) -> str | None:
    """The run beside the longest of the thirty days before it."""
    if facts.spike_ratio is None or facts.reference_m is None or facts.session_m is None:
        return None
    part = facts.story.distance_m is not None and abs(facts.session_m - facts.story.distance_m) > 1
    whole = f"With what followed at once, {measure.distance(facts.session_m)}: " if part else ""
    return (
        f"{whole}{wording.ratio(facts.spike_ratio)} the longest run of the 30 days before "
        f"({measure.distance(facts.reference_m)})."
    )


def _parts(facts: RunFacts) -> tuple[Part, ...]:
    if facts.parts is None or facts.story.knee_equivalent_m is None:
        return ()
    return tuple(_part(name, getattr(facts.parts, code)) for code, name in PARTS)


def _part(name: str, factor: float) -> Part:
    words = "as much as usual"
    if abs(factor - 1) >= AS_USUAL:
        words = f"{wording.percent(abs(factor - 1))} {'more' if factor > 1 else 'less'}"
    return Part(name, wording.factor(factor), words)
