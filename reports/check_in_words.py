"""One knee check-in in a line, as the report and the pages say it."""

from __future__ import annotations

from features.training_log import CheckIn
from reports import sentences, wording


def check_in_line(c: CheckIn) -> str:
    """``Sun 15 Nov, right knee: 2 of 10 while running; came gradually.``"""
    pains = (
        (c.pain_running, "while running"),
        (c.pain_after, "after"),
        (c.pain_next_morning, "the next morning"),
    )
    said = [f"{pain} of 10 {when}" for pain, when in pains if pain is not None]
    parts = [wording.listed(said)] if said else []
    if c.onset is not None:
        parts.append(sentences.ONSETS[c.onset])
    parts += [sentences.SYMPTOMS[s] for s in sorted(c.symptoms)]
    if c.can_bear_weight is False:
        parts.append("the leg does not take your weight")
    if c.after_trauma:
        parts.append("after a fall or a blow")
    if c.note:
        parts.append(f"“{c.note}”")
    knee = f", {sentences.SIDES[c.side]}" if c.side is not None else ""
    day = f"{wording.short_weekday(c.day)} {wording.short_date(c.day)}"
    return f"{day}{knee}: {'; '.join(parts) or 'nothing told'}."
