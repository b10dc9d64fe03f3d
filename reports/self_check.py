"""The self-check of posture in words: what is asked, what was answered, and how little it says."""

from __future__ import annotations

from features import evidence
from features.self_check import Posture, SelfCheck

QUESTIONS: dict[Posture, str] = {
    Posture.HIPS_LEVEL: "Standing before a mirror, are both hip bones at the same height?",
    Posture.KNEES_OVER_FEET: "In a slow one-legged knee bend, does each knee stay over its foot?",
    Posture.BACK_STRAIGHT: "Standing relaxed, is the back neither very hollow nor very round?",
    Posture.BACK_FREE: "Can you bend forward and to both sides without back pain?",
    Posture.FEET_AHEAD: "Walking, do both feet point about straight ahead?",
    Posture.FEET_ARCHED: "Standing, can you see the arch of both feet?",
    Posture.SOLES_EVEN: "Are the soles of both running shoes worn alike?",
}
NOT_KNOWN = "not known"


def answer(check: SelfCheck | None, question: Posture) -> str:
    told = None if check is None else check.answers.get(question)
    return NOT_KNOWN if told is None else ("yes" if told else "no")


def what_it_says() -> str:
    """Why it is shown and counts for nothing."""
    entry = evidence.entry("posture_null")
    return (
        "This is kept for you and for whoever examines you; no level rests on it. "
        f"{entry.claim} A “no” is nothing to mend by itself. If the knee hurts, show this to a physiotherapist. "
        f"({entry.source}, doi:{entry.doi})"
    )
