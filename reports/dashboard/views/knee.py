"""The knee pages in words: the check-in form, the log, and the weekly questionnaire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from features.training_log import CheckIn, Symptom
from models.pain_response import Response, response
from reports import sentences, wording
from reports.check_in_words import check_in_line
from reports.dashboard.ports.knee import KneeLog

SCALE = {str(n): str(n) for n in range(11)}
PAINS = {
    "pain_running": "While running",
    "pain_after": "In the hours after",
    "pain_next_morning": "The next morning",
}
ONSETS = {"gradual": "Little by little", "sudden": "All at once"}
YES_NO = {"yes": "Yes", "no": "No"}
QUESTIONS = (
    ("participation", "Did knee trouble keep you from training in the last seven days?"),
    ("modification", "How much did you change your training because of your knee?"),
    ("performance", "How much did your knee hold your performance back?"),
    ("pain", "How much knee pain did you have?"),
)
ANSWERS = {
    "participation": (
        "No trouble at all",
        "I took part fully, with trouble",
        "I took part less",
        "I could not take part",
    ),
    "modification": ("Not at all", "A little", "Clearly", "Greatly"),
    "performance": ("Not at all", "A little", "Clearly", "Greatly"),
    "pain": ("None", "Mild", "Moderate", "Severe"),
}
POINTS = (0, 8, 17, 25)
GROUPS: tuple[tuple[str, tuple[Symptom, ...]], ...] = (
    (
        "In the knee",
        (
            *(Symptom.SWELLING, Symptom.RAPID_SWELLING, Symptom.WARMTH, Symptom.REDNESS, Symptom.STIFFNESS),
            *(Symptom.CLICKING, Symptom.LOCKING, Symptom.GIVING_WAY, Symptom.CANNOT_BEND_90),
            *(Symptom.KNEECAP_TENDER, Symptom.FIBULA_TENDER, Symptom.LUMP, Symptom.DEFORMITY),
        ),
    ),
    ("When it hurts", (Symptom.NIGHT_PAIN, Symptom.CONSTANT_PAIN)),
    (
        "Elsewhere",
        (
            *(Symptom.CALF_SWELLING, Symptom.NUMBNESS, Symptom.TENDON_SNAP, Symptom.FEVER),
            *(Symptom.UNWELL, Symptom.WEIGHT_LOSS),
        ),
    ),
)
RESPONSES = {
    Response.CALM: ("calm", "low", "●", "within what a knee may feel"),
    Response.IRRITATED: ("irritated", "elevated", "◆", "more than a run should leave behind"),
    Response.PAINFUL: ("painful", "high", "■", "too much to run with"),
}


@dataclass(frozen=True, slots=True)
class Urgent:
    """A red flag, told first and above all: how soon, what was told, what to do now."""

    opening: str
    told: tuple[str, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Question:
    """``told`` is the value that was chosen, empty where nothing was."""

    name: str
    words: str
    choices: tuple[Choice, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Form:
    """The check-in form, filled with what was told of its day before."""

    athlete: str
    day: str
    latest: str
    is_change: bool
    pains: tuple[Question, ...]
    sides: Question
    onsets: Question
    weight: Question
    trauma: Question
    groups: tuple[tuple[str, tuple[Choice, ...]], ...]
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    day: str
    iso: str
    words: str
    response: str
    colour: str
    shape: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Log:
    athlete: str
    name: str
    urgent: Urgent | None
    state: str
    kinds: tuple[str, ...]
    kind_note: str
    measures: tuple[str, ...]
    measures_note: str
    lines: tuple[Line, ...]
    answers: tuple[tuple[str, int, str], ...]


def urgent(log: KneeLog) -> Urgent | None:
    codes = log.triage.red_flags
    if not codes:
        return None
    told = tuple(sentences.RED_FLAGS[code][0] for code in codes)
    return Urgent(sentences.red_flag_opening(codes), told, sentences.RED_FLAG_STEPS)


def form(log: KneeLog, day: date) -> Form:
    """The form of a day, filled with what was told of it before."""
    before = next((c for c in log.check_ins if c.day == day), None)
    return form_of(log, {"day": str(day)} if before is None else _told(before), before is not None)


def form_of(log: KneeLog, told: Mapping[str, str], is_change: bool = False) -> Form:
    """The form with a form's own words in it, also such as cannot be so."""
    ticked = told.get("symptoms", "").split(";")
    return Form(
        athlete=log.athlete.id,
        day=told["day"],
        latest=str(log.today),
        is_change=is_change,
        pains=tuple(_question(name, words, SCALE, told) for name, words in PAINS.items()),
        sides=_question("side", "Which knee?", {"left": "Left", "right": "Right", "both": "Both"}, told),
        onsets=_question("onset", "How did it come?", ONSETS, told),
        weight=_question("can_bear_weight", "Does the leg take your weight for four steps?", YES_NO, told),
        trauma=_question("after_trauma", "Did it begin with a fall, a blow or a twist?", YES_NO, told),
        groups=tuple(
            (
                heading,
                tuple(Choice(s, wording.capitalised(sentences.SYMPTOMS[s]), s in ticked) for s in group),
            )
            for heading, group in GROUPS
        ),
        note=told.get("note", ""),
    )


def _told(c: CheckIn) -> dict[str, str]:
    """A stored check-in in the words of the form."""
    yes_no = {None: "", True: "yes", False: "no"}
    pains = {name: getattr(c, name) for name in PAINS}
    return {
        **{name: "" if pain is None else str(pain) for name, pain in pains.items()},
        "day": str(c.day),
        "side": c.side or "",
        "onset": c.onset or "",
        "can_bear_weight": yes_no[c.can_bear_weight],
        "after_trauma": yes_no[c.after_trauma],
        "symptoms": ";".join(sorted(c.symptoms)),
        "note": c.note or "",
    }


def log_page(log: KneeLog) -> Log:
    pain = log.knee_pain
    return Log(
        athlete=log.athlete.id,
        name=log.athlete.name,
        urgent=urgent(log),
        state=sentences.PAIN_STATES[log.triage.pain_state],
        kinds=tuple(sentences.PAIN_KINDS[kind] for kind in pain.kinds),
        kind_note=sentences.PAIN_KIND_NOTE,
        measures=tuple(sentences.first_measure(code) for code in pain.measures),
        measures_note=sentences.FIRST_MEASURES_NOTE,
        lines=tuple(_line(c) for c in reversed(log.check_ins)),
        answers=tuple(
            (wording.long_date(told.day), told.severity, _severity(told.is_substantial, told.is_problem))
            for told in reversed(log.answers)
        ),
    )


def questionnaire(given: Sequence[str] = ("", "", "", "")) -> tuple[Question, ...]:
    """The OSTRC-O2 questions in our own words; answers count 0, 8, 17 and 25 (doi:10.1136/bjsports-2019-101337)."""
    return tuple(
        Question(
            name,
            words,
            tuple(
                Choice(str(p), label, answer == str(p))
                for p, label in zip(POINTS, ANSWERS[name], strict=True)
            ),
            answer,
        )
        for (name, words), answer in zip(QUESTIONS, given, strict=True)
    )


def _line(c: CheckIn) -> Line:
    known = RESPONSES[answer] if (answer := response(c)) else ("", "unknown", "", "")
    return Line(wording.long_date(c.day), str(c.day), check_in_line(c), *known)


def _severity(is_substantial: bool, is_problem: bool) -> str:
    if is_substantial:
        return "a substantial problem"
    return "a problem" if is_problem else "no problem"


def _question(name: str, words: str, labels: Mapping[str, str], told: Mapping[str, str]) -> Question:
    """One of the labels, or not said."""
    known = told.get(name, "")
    choices = [Choice(value, label, known == value) for value, label in labels.items()]
    return Question(name, words, (Choice("", "Not said", known not in labels), *choices), known)
