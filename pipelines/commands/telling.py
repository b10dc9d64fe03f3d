"""What commands say about a sync: what the files became, and which alerts are new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pipelines.console import say

if TYPE_CHECKING:
    from pipelines.intake import Intake
    from reports.alerts import Notice

MANY_PROBLEMS = 10  # more are told as a count; `kneewise files` has them all


def tell_sync(intakes: Mapping[str, Intake], notices: Iterable[Notice]) -> None:
    """One line per athlete, the first files that could not be read, and each new alert."""
    for athlete, intake in intakes.items():
        _tell_intake(athlete, intake)
    for notice in notices:
        say(f"Alert: {notice.text}")


def _tell_intake(athlete: str, intake: Intake) -> None:
    parts = [f"{count} {outcome}" for outcome, count in sorted(intake.outcomes.items())]
    if intake.known:
        parts.append(f"{intake.known} already known")
    say(
        f"{athlete}: {intake.files} files ({', '.join(parts) or 'none'}); {intake.recordings} new recordings."
    )
    for path, reason in intake.problems[:MANY_PROBLEMS]:
        say(f"  not read: {path}: {reason}")
    if len(intake.problems) > MANY_PROBLEMS:
        say(f"  and {len(intake.problems) - MANY_PROBLEMS} more: kneewise files --outcome rejected")
