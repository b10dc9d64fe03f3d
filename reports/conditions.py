"""Known joint conditions in words: whom to ask before anything changes, and what a warm knee may be."""

from __future__ import annotations

from features import evidence
from features.training_log import Condition
from models.conditions import clinician_first, may_be_a_flare
from reports import wording
from reports.page import Note
from reports.sources import Citations
from reports.week_story import WeekStory

NAMES: dict[Condition, str] = {
    Condition.OSTEOARTHRITIS: "osteoarthritis",
    Condition.RHEUMATOID_ARTHRITIS: "rheumatoid arthritis",
    Condition.GOUT: "gout",
    Condition.OTHER_INFLAMMATORY: "an inflammatory joint disease",
}
FLARE = (
    "You also told of a warm, red or swollen knee. With your condition this may be a flare, and it may be "
    "something that needs treatment soon: see a clinician before you run or exercise on it."
)


def notes(story: WeekStory, cites: Citations) -> tuple[Note, ...]:
    """Nothing for an athlete without such a condition."""
    told = clinician_first(story.athlete)
    if not told:
        return ()
    named = wording.listed([NAMES[condition] for condition in told])
    reason = evidence.entry("conditions_clinician_first")
    ask = (
        f"You told us of {named}. Talk to your clinician before you change exercises or training: what is "
        "suggested here comes from studies of knee pain, not of that."
    )
    said = [Note(ask, cites.cite((reason.name,)))]
    if may_be_a_flare(story.athlete, story.check_ins, story.as_of):
        said.append(Note(FLARE, cites.cite(("red_flags",))))
    return tuple(said)
