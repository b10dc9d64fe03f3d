"""The words every floor shares: recording, track, activity, athlete, shoe, check-in, week.

Everything here is frozen and in SI units and UTC. Kilometres, minutes per kilometre and
local clock times belong to ``reports.wording``. Unknown is ``None`` (``NaN`` in arrays);
a true zero is a value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]


class Flag(StrEnum):
    """What a reader of the numbers should know about one activity's data."""

    TRUNCATED = "truncated"  # the file ends early; totals come from what could be read
    CRC_MISSING = "crc_missing"
    CRC_MISMATCH = "crc_mismatch"  # bytes changed after recording: values may be wrong
    SUSPECT = "suspect"  # the checksum fails and the samples show gaps or jumps: not to be relied on
    TRAILING_BYTES = "trailing_bytes"
    REPAIRED = "repaired"  # framing had to be mended before the file could be read
    REBUILT_SESSION = "rebuilt_session"  # no session message: totals come from the samples
    MULTI_SESSION_PART = "multi_session_part"  # one of several sessions in one file
    NO_RECORDS = "no_records"  # summary only (a manual entry)
    NO_GPS = "no_gps"
    NO_TIMESTAMPS = "no_timestamps"
    ELEVATION_MISSING = "elevation_missing"
    ELEVATION_FROM_GPS = "elevation_from_gps"  # too noisy for grade
    DISTANCE_FROM_RECORDS = "distance_from_records"
    DISTANCE_FROM_GPS = "distance_from_gps"
    DISTANCE_MISSING = "distance_missing"
    DISTANCE_DISAGREES = "distance_disagrees"  # watch's total and its own samples differ > 1 %
    DURATION_DISAGREES = "duration_disagrees"  # watch's elapsed time and its samples' span differ
    TIMER_EXCEEDS_ELAPSED = "timer_exceeds_elapsed"
    CLOCK_UNSET = "clock_unset"  # dated before 2000 or after tomorrow
    TIME_GOES_BACK = "time_goes_back"
    IMPLAUSIBLE_SPEED = "implausible_speed"
    UNKNOWN_SPORT = "unknown_sport"
    SPORT_GUESSED = "sport_guessed"  # the file names no sport; a runner's pace was taken for a run
    ZERO_DURATION = "zero_duration"
    CADENCE_LOCK = "cadence_lock"  # the wrist sensor took the steps for the pulse for minutes
    MERGED = "merged"  # several recordings of one workout; each field from the best that has it
    TIME_SHIFT_SUSPECTED = "time_shift_suspected"  # recordings agree but for whole hours


class ZoneSource(StrEnum):
    """Where an activity's time zone came from."""

    POSITION = "position"
    DEVICE = "device"
    PROFILE = "profile"


class Surface(StrEnum):
    """What a run was on, as far as the recording itself says."""

    HARD = "hard"
    SOFT = "soft"
    TREADMILL = "treadmill"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Track:
    """The samples of one recording: equally long 1-d float64 arrays, ``NaN`` = unknown.

    ``elapsed_s`` counts seconds since the recording's ``started_at``. Cadence is in steps
    per minute for running and walking, whatever unit the file used (revolutions per minute
    for cycling). ``stance_balance_percent`` is the share of ground contact that one foot has,
    as the FIT profile calls it (``stance_time_balance``): the left one on the devices known to
    write it, 50 = even.
    """

    elapsed_s: Column
    distance_m: Column
    speed_mps: Column
    altitude_m: Column
    heart_rate_bpm: Column
    cadence_spm: Column
    latitude_deg: Column
    longitude_deg: Column
    stance_time_ms: Column
    stance_balance_percent: Column
    vertical_oscillation_m: Column
    power_w: Column
    temperature_c: Column

    def __post_init__(self) -> None:
        lengths = {len(getattr(self, f.name)) for f in fields(self)}
        if len(lengths) > 1:
            raise ValueError(f"track columns differ in length: {sorted(lengths)}")

    def __len__(self) -> int:
        return len(self.elapsed_s)

    @classmethod
    def of(cls, elapsed_s: Column, **columns: Column) -> Track:
        """A track from the columns at hand; those not given are all unknown."""
        unknown = np.full(len(elapsed_s), np.nan)
        given = {f.name: columns.get(f.name, unknown) for f in fields(cls)[1:]}
        return cls(elapsed_s, **given)

    @classmethod
    def empty(cls) -> Track:
        return cls.of(np.empty(0))


@dataclass(frozen=True, slots=True)
class Totals:
    """What the device itself wrote at the end of a session; ``None`` = it did not say."""

    distance_m: float | None = None
    elapsed_s: float | None = None
    timer_s: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """One workout as one file tells it, before any judgement.

    ``pauses_s`` are (start, end) pairs in seconds since ``started_at``, from timer events or
    track segments. ``altitude_is_barometric`` is ``None`` where the file does not let us tell.
    """

    started_at: datetime
    sport: str
    sub_sport: str | None
    track: Track
    totals: Totals = Totals()
    pauses_s: tuple[tuple[float, float], ...] = ()
    utc_offset_s: int | None = None
    device: str | None = None
    name: str | None = None
    altitude_is_barometric: bool | None = None
    flags: frozenset[Flag] = frozenset()

    def __post_init__(self) -> None:
        if self.started_at.tzinfo is None or self.started_at.utcoffset() != timedelta(0):
            raise ValueError(f"started_at must be UTC, got {self.started_at!r}")


@dataclass(frozen=True, slots=True)
class Activity:
    """One workout as we count it: the watch's totals first, our own measure where it is silent.

    ``duration_s`` is elapsed time from start to end, pauses included; ``moving_s`` is time in
    motion. ``day`` is the athlete's own calendar day. The four shares say how much of the recorded
    time has that stream, 0-1.
    """

    id: str
    athlete: str
    started_at: datetime
    zone: str
    zone_source: ZoneSource
    day: date
    sport: str
    sub_sport: str | None
    surface: Surface
    distance_m: float | None
    duration_s: float | None
    moving_s: float | None
    ascent_m: float | None
    descent_m: float | None
    mean_heart_rate_bpm: float | None
    mean_cadence_spm: float | None
    samples: int
    heart_rate_share: float | None
    cadence_share: float | None
    altitude_share: float | None
    position_share: float | None
    device: str | None
    name: str | None
    flags: tuple[Flag, ...]


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Injury:
    """A past or present injury, as the athlete told it."""

    athlete: str
    body_part: str
    side: Side | None
    started_on: date
    ended_on: date | None = None
    note: str | None = None


class Condition(StrEnum):
    """What a clinician has told the athlete about their joints."""

    OSTEOARTHRITIS = "osteoarthritis"
    RHEUMATOID_ARTHRITIS = "rheumatoid_arthritis"
    GOUT = "gout"
    OTHER_INFLAMMATORY = "other_inflammatory"


class Equipment(StrEnum):
    """What an exercise may need; household things are taken to be at hand."""

    BAND = "band"
    BIKE = "bike"
    STEP = "step"
    CHAIR = "chair"
    TOWEL = "towel"
    WALL = "wall"


_DAYS_EARLIER = {"monday": 0, "sunday": 1}  # than the ISO week's Monday
WEEK_STARTS = tuple(_DAYS_EARLIER)


@dataclass(frozen=True, slots=True)
class Athlete:
    """A person, and how they like to be told: ``units`` is ``km`` or ``mi``, ``week_start`` one of
    ``WEEK_STARTS``. ``runner_since`` is a year; ``equipment`` holds words of ``Equipment``."""

    id: str
    name: str
    zone: str = "UTC"
    birth_year: int | None = None
    sex: Sex | None = None
    mass_kg: float | None = None
    units: str = "km"
    injuries: tuple[Injury, ...] = ()
    equipment: frozenset[str] = frozenset()
    resting_heart_rate_bpm: float | None = None
    highest_heart_rate_bpm: float | None = None
    conditions: frozenset[Condition] = frozenset()
    runner_since: int | None = None
    other_sports: str | None = None
    week_start: str = "monday"


@dataclass(frozen=True, slots=True)
class Shoe:
    """A pair of shoes. The limits are reminders that the athlete may change, not evidence."""

    id: str
    athlete: str
    name: str
    bought_on: date
    initial_distance_m: float = 0.0
    limit_m: float = 600_000.0
    limit_days: int = 183
    retired_on: date | None = None


class Onset(StrEnum):
    SUDDEN = "sudden"
    GRADUAL = "gradual"


class Symptom(StrEnum):
    """What a knee check-in can tick; ``models.triage`` knows which are red flags."""

    SWELLING = "swelling"
    RAPID_SWELLING = "rapid_swelling"
    WARMTH = "warmth"
    REDNESS = "redness"
    STIFFNESS = "stiffness"
    CLICKING = "clicking"
    LOCKING = "locking"
    GIVING_WAY = "giving_way"
    NIGHT_PAIN = "night_pain"
    FEVER = "fever"
    WEIGHT_LOSS = "weight_loss"
    LUMP = "lump"
    DEFORMITY = "deformity"
    NUMBNESS = "numbness"
    CALF_SWELLING = "calf_swelling"
    TENDON_SNAP = "tendon_snap"
    UNWELL = "unwell"
    CONSTANT_PAIN = "constant_pain"  # it does not stop at rest
    # Asked after a fall, a blow or a twist.
    KNEECAP_TENDER = "kneecap_tender"
    FIBULA_TENDER = "fibula_tender"  # the knob of bone at the outside, just below the knee
    CANNOT_BEND_90 = "cannot_bend_90"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What a knee felt on one day; pain on a 0–10 numeric rating scale, ``None`` = not said."""

    athlete: str
    day: date
    pain_running: int | None = None
    pain_after: int | None = None
    pain_next_morning: int | None = None
    side: Side | None = None
    onset: Onset | None = None
    symptoms: frozenset[Symptom] = frozenset()
    can_bear_weight: bool | None = None
    after_trauma: bool | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        for name in ("pain_running", "pain_after", "pain_next_morning"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 10:
                raise ValueError(f"{name} is a number from 0 to 10, got {value}")

    @property
    def worst_pain(self) -> int | None:
        told = [p for p in (self.pain_running, self.pain_after, self.pain_next_morning) if p is not None]
        return max(told, default=None)


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """Seven days of the athlete's own calendar, called after the ISO week that most of them are in.

    ``2026-W46`` is 9 to 15 November for those whose week starts on Monday, and 8 to 14 for those with Sunday.
    """

    year: int
    number: int
    starts_on: str = "monday"

    def __post_init__(self) -> None:
        date.fromisocalendar(self.year, self.number, 1)
        if self.starts_on not in WEEK_STARTS:
            raise ValueError(f"a week starts on one of {WEEK_STARTS}, got {self.starts_on!r}")

    @classmethod
    def of(cls, day: date, starts_on: str = "monday") -> Week:
        iso = (day + timedelta(days=_DAYS_EARLIER[starts_on])).isocalendar()
        return cls(iso.year, iso.week, starts_on)

    @classmethod
    def parse(cls, text: str, starts_on: str = "monday") -> Week:
        """From ``2026-W46``. Raises ValueError with the expected form."""
        match = re.fullmatch(r"(\d{4})-?W(\d{1,2})", text.strip(), re.IGNORECASE)
        if not match:
            raise ValueError(f"a week looks like 2026-W46, got {text!r}")
        return cls(int(match[1]), int(match[2]), starts_on)

    @property
    def first_day(self) -> date:
        monday = date.fromisocalendar(self.year, self.number, 1)
        return monday - timedelta(days=_DAYS_EARLIER[self.starts_on])

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=6)

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first_day + timedelta(days=n) for n in range(7))

    def shifted(self, weeks: int) -> Week:
        return Week.of(self.first_day + timedelta(weeks=weeks), self.starts_on)

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"


@dataclass(frozen=True, slots=True)
class DayFeatures:
    """All per-day features of one athlete on one day; a value of ``None`` is unknown.

    Names are those of ``features/per_day/*.sql``; asking for any other name is an error, so
    that a typo can never read as unknown.
    """

    athlete: str
    day: date
    values: Mapping[str, float | None] = field(repr=False)

    def __getitem__(self, name: str) -> float | None:
        if name not in self.values:
            raise KeyError(f"no per-day feature is called {name!r}; see features/per_day")
        return self.values[name]


@dataclass(frozen=True, slots=True)
class ShoeDay:
    """One pair of shoes as it stands on one day; derived from its runs, never a counter.

    ``share_28d``: its part of the distance in all pairs over 28 days.
    """

    shoe: Shoe
    day: date
    distance_m: float
    age_days: int
    runs: int
    distance_28d_m: float
    share_28d: float = 0.0
