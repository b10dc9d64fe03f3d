"""Sentences for codes: levels, flags, pain, what is missing. An unknown code is a KeyError.

A code without a sentence must fail loudly: a blank in a report reads as "nothing to say".
Sentences that need numbers are in ``reports.causes``.
"""

from __future__ import annotations

from dataclasses import dataclass

from features import evidence
from features.training_log import Flag, Onset, Side, Surface, Symptom
from models.verdict import Level


@dataclass(frozen=True, slots=True)
class LevelWords:
    """How a level is told: by word, by shape and (in the templates) by colour."""

    word: str
    shape: str
    meaning: str


LEVELS: dict[Level, LevelWords] = {
    Level.LOW: LevelWords("Low", "●", "Your knees were asked for about what they are used to."),
    Level.GUARDED: LevelWords("Guarded", "◆", "Worth some care. Keep going, and add only in small steps."),
    Level.ELEVATED: LevelWords(
        "Elevated", "▲", "Clearly above what your knees are used to. Make the coming week gentler."
    ),
    Level.HIGH: LevelWords(
        "High", "■", "Far above what your knees are used to. Put recovery before training this week."
    ),
    Level.UNKNOWN: LevelWords(
        "Unknown", "○", "There is too little to judge these seven days by. That is not an all-clear."
    ),
}
LEVEL_SCALE = (Level.LOW, Level.GUARDED, Level.ELEVATED, Level.HIGH)

FLAGS: dict[Flag, str] = {
    Flag.TRUNCATED: "the file ends early; the numbers come from the part that could be read",
    Flag.CRC_MISSING: "the file's check sum is missing, so damage could not be ruled out",
    Flag.CRC_MISMATCH: "the file changed after it was recorded; its values may be wrong",
    Flag.SUSPECT: "the file changed after it was recorded, and its samples have gaps or jumps that show it",
    Flag.TRAILING_BYTES: "the file has leftover bytes at its end, which were not used",
    Flag.REPAIRED: "the file was damaged and had to be mended before it could be read",
    Flag.REBUILT_SESSION: "the watch wrote no summary; the totals were worked out from its samples",
    Flag.MULTI_SESSION_PART: "one of several activities in the same file",
    Flag.NO_RECORDS: "a summary without samples, such as a manual entry",
    Flag.NO_GPS: "no positions, such as a treadmill run",
    Flag.NO_TIMESTAMPS: "the samples carry no times",
    Flag.ELEVATION_MISSING: "no elevation, so descent is not known",
    Flag.ELEVATION_FROM_GPS: "elevation comes from satellites and is too rough to grade hills by",
    Flag.DISTANCE_FROM_RECORDS: "the distance comes from the watch's samples, not from its summary",
    Flag.DISTANCE_FROM_GPS: "the distance was measured along the positions",
    Flag.DISTANCE_MISSING: "no distance was recorded",
    Flag.DISTANCE_DISAGREES: "the watch's total distance and its own samples differ by more than 1 %",
    Flag.DURATION_DISAGREES: "the watch's elapsed time and the span of its samples differ",
    Flag.TIMER_EXCEEDS_ELAPSED: "the watch's running timer is longer than the time that passed",
    Flag.CLOCK_UNSET: "the watch's clock was not set, so the date may be wrong",
    Flag.TIME_GOES_BACK: "the recorded time jumps backwards",
    Flag.IMPLAUSIBLE_SPEED: "the recorded speed is faster than anyone runs",
    Flag.UNKNOWN_SPORT: "the file does not say which sport it was",
    Flag.CADENCE_LOCK: "the heart rate may be the step rate for minutes: the wrist sensor may have locked on to it",
    Flag.MERGED: "recorded more than once; each number is from the best recording that has it",
    Flag.TIME_SHIFT_SUSPECTED: "two recordings of it differ by whole hours; one clock was shifted",
    Flag.SPORT_GUESSED: "the file names no sport; its pace says run, so it counts as one",
    Flag.ZERO_DURATION: "the recording has no duration",
}
# These describe an ordinary recording; the report spends a line only on what may change a number.
FLAGS_NOT_WORTH_A_LINE = frozenset(
    {Flag.TRAILING_BYTES, Flag.MULTI_SESSION_PART, Flag.NO_GPS, Flag.CRC_MISSING, Flag.ELEVATION_FROM_GPS}
)

SPORTS = {
    "running": "Run",
    "cycling": "Ride",
    "e_biking": "E-bike ride",
    "walking": "Walk",
    "hiking": "Hike",
    "swimming": "Swim",
    "training": "Strength session",
    "fitness_equipment": "Gym session",
    "rowing": "Row",
    "cross_country_skiing": "Cross-country ski session",
    "generic": "Other session",
}
RUN_KINDS = {
    "trail": "Trail run",
    "treadmill": "Treadmill run",
    "indoor_running": "Indoor run",
    "track": "Track run",
    "street": "Road run",
    "virtual_activity": "Virtual run",
}
SURFACES = {
    Surface.HARD: "hard ground",
    Surface.SOFT: "soft ground",
    Surface.TREADMILL: "treadmill",
    Surface.UNKNOWN: "ground not known",
}

SYMPTOMS: dict[Symptom, str] = {
    Symptom.SWELLING: "swelling",
    Symptom.RAPID_SWELLING: "swelling that came up fast",
    Symptom.WARMTH: "warmth",
    Symptom.REDNESS: "redness",
    Symptom.STIFFNESS: "stiffness",
    Symptom.CLICKING: "clicking",
    Symptom.LOCKING: "locking",
    Symptom.GIVING_WAY: "giving way",
    Symptom.NIGHT_PAIN: "pain at night",
    Symptom.FEVER: "fever",
    Symptom.WEIGHT_LOSS: "weight loss",
    Symptom.LUMP: "a lump",
    Symptom.DEFORMITY: "a changed shape of the knee",
    Symptom.NUMBNESS: "numbness, weakness or a cold foot",
    Symptom.CALF_SWELLING: "a swollen or warm calf",
    Symptom.TENDON_SNAP: "a snap in a tendon",
    Symptom.UNWELL: "feeling unwell",
    Symptom.CONSTANT_PAIN: "pain that does not stop at rest",
    Symptom.KNEECAP_TENDER: "a kneecap that is tender to the touch",
    Symptom.FIBULA_TENDER: "a tender outside just below the knee",
    Symptom.CANNOT_BEND_90: "a knee that does not bend to a right angle",
}
SIDES = {Side.LEFT: "left knee", Side.RIGHT: "right knee", Side.BOTH: "both knees"}
ONSETS = {Onset.SUDDEN: "came suddenly", Onset.GRADUAL: "came gradually"}


# Meanings where pain, not training, set the level; keyed by pain state.
RAISED_BY_PAIN = {
    "calm": "Some pain is reason enough for care: keep going only while it stays at 2 of 10 or below.",
    "irritated": "Your knee asks for a gentler week, whatever the training says.",
    "painful": "Pain above 5 of 10 comes before any training number: stop running until it has settled.",
    "red_flag": "What you told needs a clinician's look before any more training.",
}
PAIN_STATES = {
    "none_reported": "No pain was told in the last seven days.",
    "calm": "Calm is 0 to 2 of 10.",
    "irritated": "Your knee counts as irritated this week.",
    "painful": "Above 5 of 10 is too much to run with.",
    "red_flag": "What you told needs a clinician's look before any more training.",
}
# What made a knee irritated; keyed by the evidence that triage names.
IRRITATED_BY = {
    "pain_calm_max": "pain was above 2 of 10",
    "pain_after_rise": "pain was worse in the hours after than while running",
    "pain_next_morning_rise": "pain was worse the next morning than while running",
    "watch_signs": "you told of swelling, warmth, redness, fever, giving way or a knee that bends too little",
    "ostrc_substantial_from": "your weekly answers tell of a substantial problem",
}

# How soon to be seen, the most urgent first.
HOW_SOON = {
    "now": "Please go to an emergency department now, or call your emergency number.",
    "today": "Please have your knee seen today, by a doctor or at an urgent-care or emergency clinic.",
    "days": "Please have your knee seen by a doctor within the next days.",
}
# What was told, and how soon it should be seen.
RED_FLAGS: dict[str, tuple[str, str]] = {
    "cannot_bear_weight": ("The leg does not take your weight.", "today"),
    "deformity": ("The knee has changed its shape.", "now"),
    "tendon_snap": ("Something snapped in a tendon.", "today"),
    "rapid_swelling": ("The knee swelled up fast, or after a sudden start or a blow.", "today"),
    "hot_swollen_fever": (
        "The knee is hot and red, or it is swollen, hot or sore while you have a fever or feel unwell.",
        "today",
    ),
    "locking": ("The knee locks.", "today"),
    "giving_way_after_trauma": ("The knee gives way after a blow or a sudden start.", "today"),
    "numbness": ("Part of the leg feels numb, weak or cold.", "now"),
    "calf_swelling": ("Your calf is swollen or warm.", "today"),
    "night_pain": ("The knee hurts at night, or does not stop hurting at rest.", "days"),
    "weight_loss": ("You have lost weight.", "days"),
    "lump": ("There is a lump.", "days"),
    "ottawa_knee_rule": (
        "After a fall, a blow or a twist there is a sign by which doctors consider an X-ray: tenderness at the "
        "kneecap or just below the knee on the outside, a knee that does not bend to a right angle, or your age.",
        "today",
    ),
}
RED_FLAG_STEPS = (
    "Stop running for now, and leave knee exercises alone until it has been looked at.",
    "Show them this page: it lists what you told us and when.",
    "If it gets worse quickly, or you feel ill, short of breath or have chest pain, "
    "call your emergency number.",
)

# Kinds of pain: what the check-ins fit with, never what it is.
PAIN_KINDS = {
    "sudden": "What you told fits with sudden, sharp pain that comes with swelling, with trouble bearing weight or so "
    "strongly that running is out of the question. See a doctor, and do not push through it.",
    "mechanical": "What you told several times fits with mechanical trouble: stiffness, clicking or locking. If the "
    "knee catches or cannot be straightened, have it looked at soon.",
    "gradual": "What you told several times fits with pain that comes on gradually, dull, achy or tight, as tendons, "
    "bursae or the joint behind the kneecap (runner's knee) may give. Only an examination can tell them apart.",
    "soreness": "What you told so far fits with ordinary soreness after exercise: mild, and no worse afterwards. "
    "Tell whether it fades within days.",
    "unclear": "What you told fits no one kind of pain yet. A check-in after each run makes it clearer.",
}
PAIN_KIND_NOTE = (
    "A pattern in your check-ins, by a rule of our own that no study has tested. It is not a diagnosis."
)
FIRST_MEASURES_NOTE = "These are custom, not tested on runners by us. Stop whatever makes it worse."


def first_measure(code: str) -> str:
    """What people do first for a sore knee. Raises KeyError for an unknown code."""
    return _FIRST_MEASURES[code].format(
        tape_weeks=f"{evidence.value('tape_weeks'):.0f}",
        months=f"{evidence.value('shoe_review_months'):.0f}",
        weeks=f"{evidence.value('not_settling_weeks'):.0f}",
    )


_FIRST_MEASURES = {
    "leave_what_hurts": "Leave out what hurts, and come back to it in steps once it no longer does.",
    "cool": "Against swelling and warmth, ice may help: wrapped in a cloth, for some minutes at a time.",
    "low_impact": "Do some sessions with low impact instead, as far as they are free of pain: cycling, swimming, "
    "controlled strength.",
    "soft_ground": "Keep off hard and uneven ground while the knee is sore.",
    "look_at_shoes": "Look at your shoes: every {months} months or so, depending on the distance, is the custom.",
    "tape": "Tape may help for a while, for {tape_weeks} weeks at most, beside the other steps and not in their place.",
    "warm_up": "Warm up before every run and cool down after it.",
    "not_settling": "You have told of pain in each of the last {weeks} weeks. Let a doctor or a physiotherapist "
    "look at a knee that does not settle.",
    "physiotherapist": "When in doubt, ask a physiotherapist; also if it has not settled in a few weeks.",
}

UNKNOWN_BECAUSE = {
    "no_run_this_week": "No run was recorded in the last seven days, so there is nothing to judge. One run is enough.",
    "history_too_short": "There are fewer than 30 days of recordings to compare with. The level begins then.",
    "no_earlier_run": "The week's runs are the first on record, so there is no earlier run to compare with. "
    "Older files, if you have them, would help.",
    "distance_unknown": "The week's runs cannot be compared by distance: a run has none, or no run of the 30 days "
    "before has one. A distance is needed for each.",
}
MISSING = {
    "short_history": "The record is still short, so what you are used to is a rough guess.",
    "few_runs": "There are few runs in the last 30 days to compare with.",
    "descent_unknown": "Descent was not measured on much of your running; hills may be under-counted.",
    "heart_rate_unknown": "Heart rate was not measured on much of your running.",
    "surface_unknown": "What you ran on is not known for much of your running.",
    "no_check_ins": "You logged no knee check-in, so this page knows nothing about how your knees feel.",
}
CONFIDENCE = {
    "good": "Good ground to judge by",
    "limited": "Limited ground to judge by",
    "poor": "Little ground to judge by",
}


def red_flag_opening(codes: tuple[str, ...]) -> str:
    """How soon to be seen: the most urgent of the flags decides."""
    asked = {RED_FLAGS[code][1] for code in codes}
    return next(words for soon, words in HOW_SOON.items() if soon in asked)


def sport(name: str, sub_sport: str | None) -> str:
    """The session's sport in plain words; a file's own word where we have none better."""
    if name == "running" and sub_sport in RUN_KINDS:
        return RUN_KINDS[sub_sport]
    return SPORTS.get(name, name.replace("_", " ").capitalize())


def level(value: Level) -> LevelWords:
    return LEVELS[value]


def flag(value: Flag) -> str:
    return FLAGS[value]
