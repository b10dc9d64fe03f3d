"""What pages ask about accounts: signing in and out, invitations, who is who. All ends are ``Refused`` or done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

InvitedAs = Literal["setup", "athlete", "coach", "password"]


@dataclass(frozen=True, slots=True)
class Invited:
    """What an open link is for. ``email`` and ``name`` are settled where they are told; ``is_athlete_known``:
    whose runs the account will show is settled, too."""

    role: InvitedAs
    email: str | None = None
    name: str | None = None
    is_athlete_known: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody filled in behind a link. ``athlete`` (set-up alone): an id, ``new``, or ``none``."""

    name: str
    email: str
    password: str
    zone: str
    athlete: str = "none"


@dataclass(frozen=True, slots=True)
class User:
    id: int
    name: str
    email: str
    is_admin: bool
    is_coach: bool
    athlete: str | None
    is_disabled: bool


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    id: int
    role: InvitedAs
    email: str | None
    athlete: str | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class BrowserSession:
    signed_in_at: datetime
    seen_at: datetime
    is_this: bool


class AccountPort(Protocol):
    def sign_in(self, email: str, password: str, address: str) -> str:
        """A new session's token. Refused in the same words and time whether or not there is such an account."""

    def sign_out(self, token: str) -> None: ...

    def invited(self, token: str) -> Invited | None:
        """What a link opens; None where it is none, was used, or is too old."""

    def accept(self, token: str, filled: Filled) -> str:
        """Use a link up; a new session's token. Refused: nothing is used up."""

    def prove(self, account: int, password: str, address: str) -> None:
        """Refused where that is not the account's password; for what cannot be taken back."""

    def change_password(self, account: int, old: str, new: str, address: str) -> str:
        """End every session of the account; a new one's token. Refused where the old password is another."""

    def sessions(self, account: int, token: str | None) -> tuple[BrowserSession, ...]: ...

    def sign_out_everywhere(self, account: int) -> None: ...

    def email(self, account: int) -> str: ...

    def users(self) -> tuple[User, ...]: ...

    def open_invitations(self) -> tuple[OpenInvitation, ...]: ...

    def athletes_without_account(self) -> tuple[tuple[str, str], ...]:
        """(id, name) of whoever has no account yet."""

    def invite(self, role: InvitedAs, email: str, athlete: str) -> str:
        """The path of a new link, like ``/invite/…``; it is shown this once. ``""`` = not said."""

    def password_link(self, account: int) -> str:
        """The path of a link to choose that account's password anew."""

    def revoke(self, invitation: int) -> None: ...

    def set_enabled(self, account: int, is_enabled: bool) -> None: ...

    def set_roles(self, account: int, *, is_admin: bool, is_coach: bool) -> None: ...
