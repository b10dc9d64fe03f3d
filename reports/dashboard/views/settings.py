"""The settings page in words: profile, body, injuries, and how to be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from features.training_log import Condition, Equipment, Injury, Sex
from reports import alert_message, alerts, wording
from reports.dashboard.ports.profile import Address, Settings

CONDITIONS = {
    Condition.OSTEOARTHRITIS: "Osteoarthritis",
    Condition.RHEUMATOID_ARTHRITIS: "Rheumatoid arthritis",
    Condition.GOUT: "Gout",
    Condition.OTHER_INFLAMMATORY: "Another inflammation of joints",
}
# what an exercise may need and not every household has
EQUIPMENT = {Equipment.BAND: "An elastic band", Equipment.BIKE: "A stationary bike", Equipment.STEP: "A step"}
SEXES = (("", "Not said"), *((sex, sex.capitalize()) for sex in Sex))
CHOICES = (("at_once", "When it happens"), ("weekly", "With the weekly report"), ("off", "Not at all"))
REPORT_CHOICES = (("at_once", "Every Monday morning"), ("off", "Not at all"))


@dataclass(frozen=True, slots=True)
class InjuryRow:
    words: str
    body_part: str
    side: str
    started_on: str


@dataclass(frozen=True, slots=True)
class KindRow:
    kind: str
    label: str
    choice: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """``values``: the profile's fields as a form holds them."""

    athlete: str
    today: str
    values: dict[str, str]
    zones: tuple[tuple[str, str], ...]
    conditions: tuple[tuple[str, str, bool], ...]
    equipment: tuple[tuple[str, str, bool], ...]
    injuries: tuple[InjuryRow, ...]
    addresses: tuple[Address, ...]
    kinds: tuple[KindRow, ...]
    quiet_from: str
    quiet_to: str
    is_mail_set_up: bool


def settings_page(told: Settings) -> SettingsPage:
    person, telling = told.athlete, told.telling
    fields = (
        *("name", "zone", "units", "week_start", "birth_year", "sex", "mass_kg", "resting_heart_rate_bpm"),
        *("highest_heart_rate_bpm", "runner_since", "other_sports"),
    )
    return SettingsPage(
        athlete=person.id,
        today=str(told.today),
        values={name: _value(getattr(person, name)) for name in fields},
        zones=tuple((zone, zone.replace("_", " ")) for zone in sorted({*told.zones, person.zone})),
        conditions=tuple((c, words, c in person.conditions) for c, words in CONDITIONS.items()),
        equipment=tuple((e, words, e in person.equipment) for e, words in EQUIPMENT.items()),
        injuries=tuple(_injury(injury) for injury in reversed(person.injuries)),
        addresses=telling.addresses,
        kinds=tuple(
            KindRow(kind, label, telling.choices[kind], options) for kind, label, options in _kinds()
        ),
        quiet_from=telling.quiet_from,
        quiet_to=telling.quiet_to,
        is_mail_set_up=telling.is_mail_set_up,
    )


def _kinds() -> Iterator[tuple[str, str, tuple[tuple[str, str], ...]]]:
    for kind in alerts.KINDS:
        yield kind, alert_message.HEADINGS[kind], CHOICES
    yield alerts.WEEKLY_REPORT, "The weekly report", REPORT_CHOICES


def _value(told: object) -> str:
    if told is None:
        return ""
    return f"{told:g}" if isinstance(told, float) else str(told)


def _injury(injury: Injury) -> InjuryRow:
    last = "not over" if injury.ended_on is None else f"to {wording.long_date(injury.ended_on)}"
    side = injury.side or ""
    what = " ".join(filter(None, (side if side != "both" else "both sides:", injury.body_part)))
    words = f"{wording.capitalised(what)}, from {wording.long_date(injury.started_on)}, {last}"
    if injury.note:
        words += f": {injury.note}"
    return InjuryRow(words, injury.body_part, side, str(injury.started_on))
