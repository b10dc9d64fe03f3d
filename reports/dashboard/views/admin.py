"""The words of the admin's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.dashboard.ports.accounts import InvitedAs, OpenInvitation, User

ROLES: dict[InvitedAs, str] = {
    "athlete": "Athlete",
    "coach": "Coach",
    "password": "New password",
    "setup": "First admin",
}


@dataclass(frozen=True, slots=True)
class UserLine:
    id: int
    name: str
    email: str
    roles: str
    is_admin: bool
    is_coach: bool
    is_disabled: bool
    is_me: bool


@dataclass(frozen=True, slots=True)
class InvitationLine:
    id: int
    role: str
    who: str
    until: str


def users(found: Sequence[User], me: int) -> tuple[UserLine, ...]:
    return tuple(
        UserLine(u.id, u.name, u.email, _roles(u), u.is_admin, u.is_coach, u.is_disabled, u.id == me)
        for u in found
    )


def invitations(found: Sequence[OpenInvitation]) -> tuple[InvitationLine, ...]:
    return tuple(
        InvitationLine(
            i.id,
            ROLES[i.role],
            " · ".join(filter(None, (i.email, i.athlete))) or "whoever has the link",
            f"{i.expires_at:%Y-%m-%d %H:%M} UTC",
        )
        for i in found
    )


def _roles(user: User) -> str:
    roles = [("athlete", user.athlete), ("coach", user.is_coach), ("admin", user.is_admin)]
    told = ", ".join(word for word, holds in roles if holds) or "none yet"
    return f"{told} (disabled)" if user.is_disabled else told
