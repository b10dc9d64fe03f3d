"""How far a pair of shoes is through the life its owner set for it, and when it gets there.

The limits are reminders that the athlete may change: no trial links a mileage to knee
injury, so the words are "check them" and the level never depends on shoes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor

from features import evidence
from features.training_log import ShoeDay
from reports import wording
from reports.wording import Measure

FORECAST_DAYS = 28
# Further ahead than a year, four weeks of use say nothing about the day.
FORECAST_HORIZON_DAYS = 365
# Distances are sums of floats: a pair at its limit must not miss the stage by a rounding error.
TOLERANCE_M = 0.5


@dataclass(frozen=True, slots=True)
class ShoeLife:
    """One pair on one day, told in stages: warn, due, overdue-700 (the kilometres passed)."""

    state: ShoeDay

    @property
    def retired(self) -> bool:
        retired_on = self.state.shoe.retired_on
        return retired_on is not None and retired_on <= self.state.day

    @property
    def distance_share(self) -> float:
        return (self.state.distance_m + TOLERANCE_M) / self.state.shoe.limit_m

    @property
    def age_share(self) -> float:
        return self.state.age_days / self.state.shoe.limit_days

    @property
    def share(self) -> float:
        """How much of its life is used: by distance or by age, whichever is further."""
        return max(self.distance_share, self.age_share)

    @property
    def stages(self) -> tuple[str, ...]:
        """Every stage reached, lowest first; empty for a pair with nothing to say."""
        if self.share < evidence.value("shoe_warn_share"):
            return ()
        if self.share < 1:
            return ("warn",)
        step_m = evidence.value("shoe_overdue_step_m")
        steps = floor((self.state.distance_m + TOLERANCE_M - self.state.shoe.limit_m) / step_m)
        over = (self.state.shoe.limit_m + n * step_m for n in range(1, steps + 1))
        return ("warn", "due", *(f"overdue-{m / wording.KILOMETRE_M:.0f}" for m in over))

    @property
    def due_on(self) -> date | None:
        """The day on which the pair reaches a limit at the use of the last four weeks."""
        shoe, day = self.state.shoe, self.state.day
        if self.share >= 1:
            return None
        by_age = shoe.bought_on + timedelta(days=shoe.limit_days)
        recent_m = self.state.distance_28d_m
        if recent_m <= 0:
            return by_age
        days_left = ceil((shoe.limit_m - self.state.distance_m) * FORECAST_DAYS / recent_m)
        if days_left > FORECAST_HORIZON_DAYS:
            return by_age
        return min(by_age, day + timedelta(days=days_left))

    def standing(self, measure: Measure) -> str:
        """``512 km of 600 km (85 %), 4½ months old (limit 6 months)``."""
        shoe = self.state.shoe
        return (
            f"{measure.whole_distance(self.state.distance_m)} of {measure.whole_distance(shoe.limit_m)} "
            f"({wording.percent(self.state.distance_m / shoe.limit_m)}), "
            f"{wording.age(self.state.age_days)} old (limit {wording.age(shoe.limit_days)})"
        )

    def outlook(self, measure: Measure) -> str:
        """What to do about it: nothing, plan a look, or look now."""
        if self.retired:
            return "Retired."
        limits = self._limits_reached(measure)
        if limits:
            return f"Past {wording.listed(limits)} of their limit: check {self._what_to_check()}."
        return " ".join(filter(None, (self.first_runs(measure), self._forecast(measure))))

    @property
    def check_them(self) -> str:
        """When to look at them, in a word or two for a list: ``now``, ``3 March 2027``."""
        if self.retired:
            return f"retired {self.state.shoe.retired_on}"
        if self.due_on is None:
            return "now"
        return wording.long_date(self.due_on)

    def first_runs(self, measure: Measure) -> str:
        """What to mind while the pair is new to its owner; empty for one that is not."""
        new_m = evidence.value("new_pair_distance_m")
        if self.state.distance_m >= new_m:
            return ""
        so_far = f"{wording.count(self.state.runs, 'run')}, {measure.distance(self.state.distance_m)} so far"
        return (
            f"New ({so_far}): for about the first {measure.whole_distance(new_m)}, "
            "take turns with a pair you are used to, if you have one."
        )

    def _forecast(self, measure: Measure) -> str:
        due_on = self.due_on
        if due_on is None:
            return ""
        when = wording.long_date(due_on)
        if due_on < self.state.shoe.bought_on + timedelta(days=self.state.shoe.limit_days):
            limit = measure.whole_distance(self.state.shoe.limit_m)
            recent = measure.whole_distance(self.state.distance_28d_m)
            return (
                f"At the {recent} of your last four weeks they reach {limit} around {when}: check them then."
            )
        return f"They reach their age limit on {when}: check them then."

    def notice(self, measure: Measure) -> str:
        stage = self.stages[-1]
        opening = "is close to a limit" if stage == "warn" else "has reached its limit"
        if stage.startswith("overdue"):
            opening = "has gone well past its limit"
        name = wording.plain(self.state.shoe.name)
        ending = self.outlook(measure)
        if stage != "warn":
            ending = f"Check {self._what_to_check()}."
        return f"{name} {opening}: {self.standing(measure)}. {ending}"

    def _limits_reached(self, measure: Measure) -> list[str]:
        shoe, reached = self.state.shoe, []
        if self.distance_share >= 1:
            reached.append(f"the {measure.whole_distance(shoe.limit_m)}")
        if self.age_share >= 1:
            reached.append(f"the {wording.age(shoe.limit_days)}")
        return reached

    @staticmethod
    def _what_to_check() -> str:
        return "them for a worn tread, creases in the midsole and a heel that leans"
