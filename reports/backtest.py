"""Past levels beside what the knees did afterwards, false alarms first, as text."""

from __future__ import annotations

import textwrap

from features import evidence
from models.backtest import Backtest, LevelRow
from models.resampling import Interval

TEXT_WIDTH = 100
HEADINGS = ("level", "weeks", "known", "with a problem", "share", "said", "happened")


def sentences(result: Backtest) -> tuple[str, ...]:
    """What the tables come to, in words."""
    if not result.weeks:
        return ("No past week has a level yet: there is nothing to hold against anything.",)
    days = f"{evidence.value('onset_window_days'):g} days"
    found = [
        f"{_count(result.weeks, 'week')} of {_count(result.athletes, 'athlete')} had a level. "
        f"{_count(result.alarms, 'time')} it was raised (elevated or high): {result.alarms_per_month:.1f} "
        "times an athlete and month.",
    ]
    if result.alarms_unwell:
        found.append(
            f"{result.alarms_unwell} of them came while a knee problem or its recovery lasted: they foretell nothing."
        )
    if result.alarms_known:
        false_alarms = result.alarms_known - result.right
        found.append(
            f"Of the {_count(result.alarms_known, 'raised week')} of which it is known, {result.right} "
            f"{_was(result.right)} followed by a knee problem within {days}; {false_alarms} "
            f"{_was(false_alarms)} not: false alarms."
        )
    elif result.alarms > result.alarms_unwell:
        found.append(
            f"Nobody told how the knee was in the {days} after, so no raised week can be called right or wrong."
        )
    if result.problems:
        found.append(
            f"Of {_count(result.problems, 'knee problem')}, {result.missed} came without a raised level in the "
            f"{days} before."
        )
    else:
        found.append("No knee problem began in a week with a level, as far as anybody told.")
    return (
        *found,
        "A week with no report in either of the two weeks after it counts as not known, not as healthy.",
    )


def render_text(result: Backtest) -> str:
    lines = [line for told in sentences(result) for line in textwrap.wrap(told, TEXT_WIDTH)]
    if result.weeks:
        lines += ["", _line(HEADINGS), *(_line(cells(row)) for row in result.levels), "", *_NOTES]
    return "\n".join(lines) + "\n"


def cells(row: LevelRow) -> tuple[str, ...]:
    """One level's row of the table, as words."""
    return (
        str(row.level),
        str(row.weeks),
        str(row.known),
        str(row.problems),
        _share(row.share),
        "–" if row.said is None else f"×\u00a0{row.said:.1f}",
        "–" if row.happened is None else f"×\u00a0{row.happened:.1f}",
    )


_NOTES = (
    "said: the mean hazard ratio of those weeks, against an ordinary week of the same athlete.",
    "happened: their share with a problem, over that of the weeks at level low.",
)


def _share(share: Interval) -> str:
    if share.value is None:
        return "–"
    if share.low is None or share.high is None:
        return f"{share.value:.1%}"
    return f"{share.value:.1%} ({share.low:.1%} to {share.high:.1%})"


def _line(parts: tuple[str, ...]) -> str:
    widths = (9, 6, 6, 15, 24, 7, 9)
    return "  ".join(part.ljust(width) for part, width in zip(parts, widths, strict=True)).rstrip()


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
