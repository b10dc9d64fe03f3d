"""How long a workout took from start to end, pauses included.

unit: s
unknown when: the device wrote no time and there are no two samples.
source: the device's elapsed time, else the span of its samples or its timer, whichever is longer.
"""

from __future__ import annotations

from dataclasses import dataclass

from features.training_log import Flag, Recording

# Smart recording may end some seconds before the stop, and a pause before saving is not sampled.
AGREEMENT_S = 60.0
AGREEMENT = 0.02
TIMER_SLACK_S = 1.0


@dataclass(frozen=True, slots=True)
class Duration:
    duration_s: float | None
    flags: frozenset[Flag]


def duration_of(recording: Recording) -> Duration:
    """Elapsed seconds, with flags where the watch contradicts its samples or itself.

    A duration of 0 is a manual entry that did not say: unknown, flagged ``ZERO_DURATION``.
    """
    elapsed, timer, span = recording.totals.elapsed_s, recording.totals.timer_s, sample_span_s(recording)
    measured = max((value for value in (span, timer) if value is not None), default=None)
    duration = measured if elapsed is None else elapsed
    if duration is not None and duration <= 0:
        return Duration(None, frozenset({Flag.ZERO_DURATION}))
    flags: set[Flag] = set()
    if (
        elapsed is not None
        and span is not None
        and abs(elapsed - span) > max(AGREEMENT_S, AGREEMENT * elapsed)
    ):
        flags.add(Flag.DURATION_DISAGREES)
    if elapsed is not None and timer is not None and timer > elapsed + TIMER_SLACK_S:
        flags.add(Flag.TIMER_EXCEEDS_ELAPSED)
    return Duration(duration, frozenset(flags))


def sample_span_s(recording: Recording) -> float | None:
    """Seconds from the first to the last sample."""
    times = recording.track.elapsed_s
    return float(times[-1] - times[0]) if len(times) > 1 else None
