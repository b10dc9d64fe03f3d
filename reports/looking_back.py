"""What became of past levels, in one or two sentences: false alarms are admitted, and silence is no success."""

from __future__ import annotations

from features import evidence
from models.track_record import TrackRecord
from reports import wording


def looking_back(record: TrackRecord | None) -> tuple[str, ...]:
    """Nothing where there is nothing to look back on."""
    if record is None:
        return ()
    return tuple(filter(None, (_alarms(record), _missed(record))))


def _alarms(record: TrackRecord) -> str:
    if not record.raised:
        return ""
    weeks = evidence.value("onset_window_days") / 7
    raised = f"In the last year {wording.count(record.raised, 'week')} read elevated or high while your knee was well"
    if not record.known:
        return (
            f"{raised}. You told too little in the {wording.spelled(round(weeks))} weeks after to say whether that "
            "was right; one check-in a week would."
        )
    followed = "none" if not record.right else str(record.right)
    was = "were" if record.right > 1 else "was"
    false = record.false_alarms
    alarms = {0: "none was a false alarm", 1: "1 was a false alarm"}.get(false, f"{false} were false alarms")
    heard = "" if record.known == record.raised else f" Of {record.known} of them you told enough afterwards:"
    opening = f"{raised}.{heard}" if heard else f"{raised}:"
    return (
        f"{opening} {followed} {was} followed by a knee problem within {wording.spelled(round(weeks))} weeks; "
        f"{alarms}. {_problem()}"
    )


def _missed(record: TrackRecord) -> str:
    if not record.missed:
        return ""
    if record.problems == 1:
        return "The one knee problem that you told of began without a raised level before it."
    return (
        f"Of the {wording.count(record.problems, 'knee problem')} that you told of, {record.missed} began without a "
        "raised level before."
    )


def _problem() -> str:
    days = wording.spelled(round(evidence.value("problem_pain_days")))
    return (
        f"A knee problem here: pain of {evidence.value('problem_pain_from'):.0f} of 10 or more on {days} days of a "
        "week, training held back because of the knee, or a knee injury told."
    )
