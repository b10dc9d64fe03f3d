"""One run as text: each number with its unit, what it is compared with, and why one is not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from features.training_log import Flag
from reports import sentences, wording
from reports.run_story import RunStory
from reports.wording import Measure

# No grade, no knee load: what the recording lacked.
GRADE_UNKNOWN = {
    Flag.ELEVATION_FROM_GPS: "its altitude comes from GPS, which is too noisy for grade",
    Flag.ELEVATION_MISSING: "it has no altitude",
    Flag.NO_RECORDS: "it has no samples",
    Flag.SUSPECT: "its samples are not to be relied on",
}
SURFACE_SOURCES = {
    "told": "as you said",
    "indoor": "indoors",
    "track": "by the shape of the track",
    "map": "from the map",
    "sub_sport": "by the kind of run that the watch was set to",
}


@dataclass(frozen=True, slots=True)
class RunLines:
    """What is said of a run, by what it is about."""

    opening: tuple[str, ...]
    knee: tuple[str, ...]
    intensity: tuple[str, ...]
    shape: tuple[str, ...]
    ground: tuple[str, ...]
    recording: tuple[str, ...]


def lines(run: RunStory, measure: Measure) -> RunLines:
    return RunLines(
        opening=tuple(_opening(run, measure)),
        knee=tuple(_knee(run, measure)),
        intensity=tuple(_intensity(run)),
        shape=tuple(_shape(run)),
        ground=tuple(_ground(run)),
        recording=tuple(sentences.FLAGS[flag] for flag in run.flags),
    )


def render_run(run: RunStory, measure: Measure) -> str:
    """The whole page, one idea a line."""
    said = lines(run, measure)
    blocks = [
        ("", said.opening),
        ("WHAT THE KNEE FELT", said.knee),
        ("HOW HARD", said.intensity),
        ("HOW STEADY", said.shape),
        ("GROUND AND SHOES", said.ground),
        ("ABOUT THE RECORDING", [f"- {words}" for words in said.recording]),
    ]
    told = [(heading, list(block)) for heading, block in blocks]
    return "\n\n".join(
        "\n".join([*([heading] if heading else []), *lines]) for heading, lines in told if lines
    )


def _opening(run: RunStory, measure: Measure) -> Iterator[str]:
    seconds = run.moving_s if run.moving_s is not None else run.duration_s
    yield (
        f"{sentences.sport(run.sport, run.sub_sport)}, {wording.weekday(run.day)} {wording.long_date(run.day)}, "
        f"{wording.clock(run.started_at, run.zone)}"
    )
    yield (
        f"{measure.distance(run.distance_m)} in {wording.duration(seconds)} moving "
        f"({measure.pace(run.distance_m, seconds)}); ascent {measure.height(run.ascent_m)}, "
        f"descent {measure.height(run.descent_m)}"
    )
    means = [
        f"{value:.0f} {unit}"
        for value, unit in (
            (run.mean_heart_rate_bpm, "beats a minute"),
            (run.mean_cadence_spm, "steps a minute"),
        )
        if value is not None
    ]
    if means:
        yield f"on average {wording.listed(means)}"


def _knee(run: RunStory, measure: Measure) -> Iterator[str]:
    """The two indices, their range, and how much of the way they rest on."""
    if run.sport != "running":
        return
    if run.knee_equivalent_m is None:
        yield f"Knee load is not known, because {_grade_unknown(run)}. Distance stands in for it."
        return
    yield (
        f"As much as {measure.distance(run.knee_equivalent_m)} on the level at an easy pace"
        f"{_per_distance(run)}{_range(run, measure)}."
    )
    if run.knee_peak_load is not None:
        yield f"Highest load of a step: {wording.ratio(run.knee_peak_load)} that of a step there."
    known = [
        f"{name} on {wording.percent(share)} of the way"
        for name, share in (("grade", run.knee_grade_known_share), ("cadence", run.knee_cadence_known_share))
        if share is not None
    ]
    yield f"Known: {wording.listed(known)}."
    if run.knee_extrapolated_share:
        yield (
            f"{wording.percent(run.knee_extrapolated_share)} of it was faster, slower or steeper than the "
            "studies went, and is held to their edge."
        )
    if run.walking_m:
        yield f"{measure.distance(run.walking_m)} of it walked, which loads a step far less."
    yield "From treadmill studies of joint load, not of injuries."


def _grade_unknown(run: RunStory) -> str:
    because = [words for flag, words in GRADE_UNKNOWN.items() if flag in run.flags]
    if run.sub_sport in ("treadmill", "indoor_running", "virtual_activity"):
        because = ["the incline of a treadmill is not recorded"]
    return because[0] if because else "the grade is not known for enough of the way"


def _per_distance(run: RunStory) -> str:
    if not run.distance_m or run.knee_equivalent_m is None:
        return ""
    return f", {run.knee_equivalent_m / run.distance_m:.2f} × its own length"


def _range(run: RunStory, measure: Measure) -> str:
    if run.knee_equivalent_low_m is None or run.knee_equivalent_high_m is None:
        return ""
    low, high = (
        measure.distance_number(run.knee_equivalent_low_m),
        measure.distance(run.knee_equivalent_high_m),
    )
    return f" ({low} to {high} over the published range of the formula)"


def _intensity(run: RunStory) -> Iterator[str]:
    if run.high_intensity_s is not None:
        by = "heart rate" if run.intensity_from == "heart_rate" else "pace"
        yield f"Above your threshold by {by}: {wording.duration(run.high_intensity_s)}"
    for name, seconds in (("heart rate", run.zone_s), ("pace", run.pace_zone_s)):
        if seconds is not None:
            zones = [f"{n} {wording.duration(s)}" for n, s in enumerate(seconds, 1) if s > 0]
            yield f"Zones by {name}, easy to hard: {', '.join(zones)}"
    loads = [
        f"{value:.0f} ({name})"
        for name, value in (("Banister", run.trimp_banister), ("Edwards", run.trimp_edwards))
        if value is not None
    ]
    if loads:
        yield f"Training impulse: {wording.listed(loads)}"
    if run.rpe is not None:
        recovered = "" if run.recovery is None else f"; recovered {run.recovery} of 10 before it"
        yield f"It felt {run.rpe} of 10 hard{recovered}"


def _shape(run: RunStory) -> Iterator[str]:
    for value, words in ((run.warm_up_ratio, "First"), (run.cool_down_ratio, "Last")):
        if value is not None:
            yield f"{words} ten minutes at {wording.percent(value)} of the speed between them"
    if run.cadence_drop is not None:
        yield f"Cadence at like speed {_changed(-run.cadence_drop)} from the first to the last third"
    if run.stance_balance_percent is not None:
        changed = (
            ""
            if run.stance_balance_change is None
            else f", {run.stance_balance_change:+.1f} points late in the run"
        )
        yield f"Ground contact {run.stance_balance_percent:.1f} % on the side that the watch names first (50 is even){changed}"


def _changed(share: float) -> str:
    """``fell by 2.1 %``, or ``held`` where a change would be printed as nothing."""
    percent = f"{abs(share) * 100:.1f} %"
    if percent == "0.0 %":
        return "held"
    return f"{'rose' if share > 0 else 'fell'} by {percent}"


def _ground(run: RunStory) -> Iterator[str]:
    known = [(name, share) for name, share in run.surfaces if name != "unknown" and share > 0]
    if known:
        shares = wording.listed([f"{name} {wording.percent(share)}" for name, share in known])
        unknown = next((share for name, share in run.surfaces if name == "unknown"), 0.0)
        rest = f"; not known {wording.percent(unknown)}" if unknown >= 0.005 else ""
        yield f"Ground: {shares}{rest}, {SURFACE_SOURCES[run.surface_source or '']}"
    elif run.sport == "running":
        yield "Ground: not known"
    for pair in run.shoes:
        part = "" if pair.share > 0.995 else f" for {wording.percent(pair.share)} of it"
        yield f"Shoes: {pair.name}{part} ({pair.matched_by})"
