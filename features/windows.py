"""The stretches of days that features look back over, by name: ``sum(distance_m) over last_7_days``.

A window is the first and the last day it takes in, in days back from the row's own day; ``None`` reaches back
to the first day. None looks ahead: what a day shows never changes when later days come.
"""

from __future__ import annotations

from features import evidence


def frames() -> dict[str, tuple[int | None, int]]:
    """Window name → (first day, last day), both in days back and both taken in."""
    week, month = int(evidence.value("acute_window_days")), int(evidence.value("spike_window_days"))
    chronic = int(evidence.value("chronic_window_days"))
    return {
        "last_7_days": (week - 1, 0),
        "week_before": (2 * week - 1, week),
        "last_28_days": (4 * week - 1, 0),
        "four_weeks_before": (5 * week - 1, week),
        "three_weeks_before": (week + chronic - 1, week),
        "last_30_days": (month - 1, 0),
        "four_weeks_before_these": (8 * week - 1, 4 * week),
        "last_half_year": (int(evidence.value("ewma_memory_days")) - 1, 0),
        "so_far": (None, 0),
    }


def sql(owner: tuple[str, ...]) -> str:
    """The windows as a ``window`` clause: rows are days, one for each, of each ``owner`` (columns)."""
    return ",\n".join(
        f"{name} as (partition by {', '.join(owner)} order by day rows between "
        f"{'unbounded' if first is None else first} preceding and {_end(last)})"
        for name, (first, last) in frames().items()
    )


def _end(last: int) -> str:
    return "current row" if last == 0 else f"{last} preceding"
