"""The logbook's rows ↔ the words of the training log. Words that are lists are comma-separated there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.engine import RowMapping

from features.training_log import Athlete, CheckIn, Condition, Injury, Onset, Sex, Side, Symptom
from reports.alerts import Notice


def profile_values(athlete: Athlete) -> dict[str, object]:
    """An athlete without id and injuries."""
    return {
        "name": athlete.name,
        "zone": athlete.zone,
        "birth_year": athlete.birth_year,
        "sex": athlete.sex,
        "mass_kg": athlete.mass_kg,
        "units": athlete.units,
        "equipment": _joined(athlete.equipment),
        "resting_heart_rate_bpm": athlete.resting_heart_rate_bpm,
        "highest_heart_rate_bpm": athlete.highest_heart_rate_bpm,
        "conditions": _joined(athlete.conditions),
        "runner_since": athlete.runner_since,
        "other_sports": athlete.other_sports,
        "week_start": athlete.week_start,
    }


def injury_values(injury: Injury) -> dict[str, object]:
    return {
        "athlete": injury.athlete,
        "body_part": injury.body_part,
        "side": injury.side,
        "started_on": injury.started_on,
        "ended_on": injury.ended_on,
        "note": injury.note,
    }


def check_in_values(check_in: CheckIn) -> dict[str, object]:
    return {
        "athlete": check_in.athlete,
        "day": check_in.day,
        "pain_running": check_in.pain_running,
        "pain_after": check_in.pain_after,
        "pain_next_morning": check_in.pain_next_morning,
        "side": check_in.side,
        "onset": check_in.onset,
        "symptoms": _joined(check_in.symptoms),
        "can_bear_weight": check_in.can_bear_weight,
        "after_trauma": check_in.after_trauma,
        "note": check_in.note,
    }


def athlete(row: RowMapping, injuries: Sequence[RowMapping]) -> Athlete:
    return Athlete(
        id=row["id"],
        name=row["name"],
        zone=row["zone"],
        birth_year=row["birth_year"],
        sex=None if row["sex"] is None else Sex(row["sex"]),
        mass_kg=row["mass_kg"],
        units=row["units"],
        equipment=_split(row["equipment"]),
        resting_heart_rate_bpm=row["resting_heart_rate_bpm"],
        highest_heart_rate_bpm=row["highest_heart_rate_bpm"],
        conditions=frozenset(map(Condition, _split(row["conditions"]))),
        runner_since=row["runner_since"],
        other_sports=row["other_sports"],
        week_start=row["week_start"],
        injuries=tuple(
            Injury(
                athlete=i["athlete"],
                body_part=i["body_part"],
                side=None if i["side"] is None else Side(i["side"]),
                started_on=i["started_on"],
                ended_on=i["ended_on"],
                note=i["note"],
            )
            for i in injuries
        ),
    )


def check_in(row: RowMapping) -> CheckIn:
    return CheckIn(
        athlete=row["athlete"],
        day=row["day"],
        pain_running=row["pain_running"],
        pain_after=row["pain_after"],
        pain_next_morning=row["pain_next_morning"],
        side=None if row["side"] is None else Side(row["side"]),
        onset=None if row["onset"] is None else Onset(row["onset"]),
        symptoms=frozenset(Symptom(s) for s in _split(row["symptoms"])),
        can_bear_weight=row["can_bear_weight"],
        after_trauma=row["after_trauma"],
        note=row["note"],
    )


def notice(row: RowMapping) -> Notice:
    return Notice(
        athlete=row["athlete"],
        kind=row["kind"],
        subject=row["subject"],
        stage=row["stage"],
        day=row["day"],
        text=row["text"],
        covers=(row["stage"],),
    )


def _joined(words: Iterable[str]) -> str:
    return ",".join(sorted(words))


def _split(words: str) -> frozenset[str]:
    return frozenset(filter(None, words.split(",")))
