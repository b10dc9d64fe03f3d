"""The words of the form behind a link, for each of the four things that a link may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from reports.dashboard.ports.accounts import Filled, Invited, InvitedAs

EMPTY = Filled("", "", "", "")
HEADINGS: dict[InvitedAs, str] = {
    "setup": "Set up this installation",
    "athlete": "Welcome to Kneewise",
    "coach": "Welcome, coach",
    "password": "Choose a new password",
}
LEADS: dict[InvitedAs, str] = {
    "setup": "You make the first account. It is the admin’s: it invites people, and sees nobody’s runs or knees "
    "but its own.",
    "athlete": "Your runs and what you tell of your knee are yours. Nobody sees them until you share them, one "
    "thing at a time.",
    "coach": "You will see what athletes share with you, and nothing else. They can end it at any time.",
    "password": "Every browser that is signed in with the old one is signed out.",
}
BUTTONS: dict[InvitedAs, str] = {"password": "Keep it and sign in"}


@dataclass(frozen=True, slots=True)
class WelcomePage:
    heading: str
    lead: str
    button: str
    email: str
    is_email_settled: bool
    name: str
    asks_who: bool
    asks_zone: bool
    athletes: Sequence[tuple[str, str]]
    athlete: str
    zone: str
    zones: Sequence[str]


def page(link: Invited, filled: Filled, athletes: Sequence[tuple[str, str]]) -> WelcomePage:
    """``athletes``: (id, name) of those that the account may be, for the first admin."""
    choices = [
        ("new", "Yes, I run too"),
        *((id, f"Yes, I am {name}") for id, name in athletes),
        ("none", "No"),
    ]
    return WelcomePage(
        heading=HEADINGS[link.role],
        lead=LEADS[link.role],
        button=BUTTONS.get(link.role, "Make my account"),
        email=link.email or filled.email,
        is_email_settled=link.email is not None,
        name=filled.name or link.name or "",
        asks_who=link.role != "password",
        asks_zone=link.role != "password" and not link.is_athlete_known,
        athletes=choices if link.role == "setup" else (),
        athlete=filled.athlete if filled is not EMPTY else "new",
        zone=filled.zone,
        zones=zones(),
    )


@cache
def zones() -> tuple[str, ...]:
    """The places by which clocks are set, as a list to choose from."""
    return ("UTC", *sorted(zone for zone in available_timezones() if "/" in zone and not _is_technical(zone)))


def _is_technical(zone: str) -> bool:
    return zone.startswith(
        ("Etc/", "SystemV/", "US/", "posix/", "right/", "Brazil/", "Canada/", "Mexico/", "Chile/")
    )
