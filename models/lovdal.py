"""The public data set of competitive runners (Lövdal et al. 2021): its shape, and how we judge models on it.

74 runners, 2012–2019, one row for each day on which the trainer's log tells of the time before: the seven days
before it (``day``) or the three weeks before it (``week``). Data: doi:10.34894/UWU9PV (CC0); paper:
doi:10.1123/ijspp.2020-0518. An injury there is any that made the runner miss a session; there is no body part, so
nothing of it can be learned for knees. It is here to test how we judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features.training_log import Column
from models.splits import Rows

# Each name stands for several columns: without a number, then with .1, .2 … In the day file the number counts
# days forward (.6 is the day before), in the week file weeks back (.2 is the third week before).
OF_A_DAY = (
    "nr. sessions", "total km", "km Z3-4", "km Z5-T1-T2", "km sprinting", "strength training",
    "hours alternative", "perceived exertion", "perceived trainingSuccess", "perceived recovery",
)  # fmt: skip
OF_A_WEEK = (
    "nr. sessions", "nr. rest days", "total kms", "max km one day", "total km Z3-Z4-Z5-T1-T2",
    "nr. tough sessions (effort in Z5, T1 or T2)", "nr. days with interval session", "total km Z3-4",
    "max km Z3-4 one day", "total km Z5-T1-T2", "max km Z5-T1-T2 one day", "total hours alternative training",
    "nr. strength trainings", "avg exertion", "min exertion", "max exertion", "avg training success",
    "min training success", "max training success", "avg recovery", "min recovery", "max recovery",
)  # fmt: skip
# Quotients of the weeks' distances: without a run in one of them they run into the millions.
RELATIVE = ("rel total kms week 0_1", "rel total kms week 0_2", "rel total kms week 1_2")
ATHLETE, DATE, INJURY = "Athlete ID", "Date", "injury"

FILES = {
    "day": "day_approach_maskedID_timeseries.csv",
    "week": "week_approach_maskedID_timeseries.csv",
}
PUBLISHED_AUC = {"day": 0.724, "week": 0.678}
FEWEST_ATHLETES = 20  # the paper's ten to judge by, and as many to learn from
FEWEST_INJURIES = 10


def feature_columns(approach: str) -> tuple[str, ...]:
    """The names of a file's features, in order."""
    names, times = (OF_A_DAY, 7) if approach == "day" else (OF_A_WEEK, 3)
    repeated = tuple(f"{name}.{n}" if n else name for n in range(times) for name in names)
    return repeated if approach == "day" else repeated + RELATIVE


@dataclass(frozen=True, slots=True)
class Table:
    """One file: ``values`` (rows, features) as written, and for each row who, when (a day's number) and whether."""

    approach: str
    columns: tuple[str, ...]
    values: Column
    athlete: NDArray[np.int64]
    day: Rows
    injury: Column

    @classmethod
    def of(cls, approach: str, header: Sequence[str], rows: Column) -> Table:
        """From a file's header and numbers. Raises ValueError, saying what is not as it must be."""
        columns = feature_columns(approach)
        missing = [name for name in (*columns, ATHLETE, DATE, INJURY) if name not in header]
        if missing:
            more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
            raise ValueError(f"it has no column {', '.join(map(repr, missing[:3]))}{more}")
        place = {name: number for number, name in enumerate(header)}
        who, when, whether = (rows[:, place[name]] for name in (ATHLETE, DATE, INJURY))
        if not np.isin(whether, (0.0, 1.0)).all():
            raise ValueError("its column 'injury' is not 0 or 1 throughout")
        if len(np.unique(who)) < FEWEST_ATHLETES or whether.sum() < FEWEST_INJURIES:
            raise ValueError(
                f"it has {len(np.unique(who))} athletes and {int(whether.sum())} injuries; "
                f"{FEWEST_ATHLETES} and {FEWEST_INJURIES} are the fewest that can be judged by"
            )
        values = rows[:, [place[name] for name in columns]]
        return cls(approach, columns, values, who.astype(np.int64), when.astype(np.int64), whether)

    @property
    def told(self) -> Column:
        """The values without the quotients of weeks; NaN = not told, which the file writes as -0.01."""
        kept = [number for number, name in enumerate(self.columns) if name not in RELATIVE]
        values = self.values[:, kept]
        return np.where(values < 0, np.nan, values)

    @property
    def untold_despite_a_session(self) -> Column:
        """As ``told``, but 0 wherever there was no session to tell of."""
        names = len(OF_A_DAY if self.approach == "day" else OF_A_WEEK)
        values = self.told.reshape(len(self.injury), -1, names)
        trained = values[:, :, :1] > 0  # the first name is the number of sessions
        return np.where(trained, values, 0.0).reshape(len(self.injury), -1)

    def shuffled(self, seed: int) -> Table:
        order = np.random.default_rng(seed).permutation(len(self.injury))
        return Table(
            self.approach,
            self.columns,
            self.values[order],
            self.athlete[order],
            self.day[order],
            self.injury[order],
        )
