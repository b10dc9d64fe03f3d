"""The overuse-injury questionnaire OSTRC-O2, asked of the knee: four answers about the past seven days.

Each answer is 0, 8, 17 or 25, from no problem to the most. doi:10.1136/bjsports-2019-101337
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from features import evidence

SCALE = (0, 8, 17, 25)


@dataclass(frozen=True, slots=True)
class Ostrc:
    """Told on ``day``: difficulty taking part, modified training, performance, pain."""

    athlete: str
    day: date
    participation: int
    modification: int
    performance: int
    pain: int

    def __post_init__(self) -> None:
        wrong = [answer for answer in self.answers if answer not in SCALE]
        if wrong:
            raise ValueError(f"an answer is one of {', '.join(map(str, SCALE))}, got {wrong[0]}")

    @property
    def answers(self) -> tuple[int, int, int, int]:
        return self.participation, self.modification, self.performance, self.pain

    @property
    def severity(self) -> int:
        """0 to 100."""
        return sum(self.answers)

    @property
    def is_problem(self) -> bool:
        return self.participation > evidence.value("ostrc_problem_above")

    @property
    def is_substantial(self) -> bool:
        reduced = evidence.value("ostrc_substantial_from")
        return (
            self.participation >= evidence.value("ostrc_could_not_take_part")
            or self.modification >= reduced
            or self.performance >= reduced
        )
