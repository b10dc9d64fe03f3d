"""Answers the pages' questions about accounts over the logbook; passwords are compared here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from pipelines.errors import KneewiseError
from pipelines.logbook import accounts, attempts, invitations, sessions
from pipelines.logbook.accounts import Account
from pipelines.logbook.store import Logbook
from pipelines.serving import passwords, welcoming
from pipelines.serving.refusing import as_refusal
from reports.dashboard.ports.accounts import (
    BrowserSession,
    Filled,
    Invited,
    InvitedAs,
    OpenInvitation,
    User,
)
from reports.dashboard.refusals import Refused

Clock = Callable[[], datetime]
WRONG = "That e-mail address and that password do not belong together."


def real_time() -> datetime:
    """Not the day that a demo pretends: whoever may sign in is no matter of a story."""
    return datetime.now(UTC)


class Accounts:
    """Answers ``AccountPort``."""

    def __init__(self, logbook: Logbook, clock: Clock = real_time) -> None:
        self._logbook = logbook
        self._clock = clock

    # --- signing in and out ---------------------------------------------------

    def account_of(self, session_token: str | None) -> Account | None:
        return sessions.account_of(self._logbook, session_token, self._clock()) if session_token else None

    def sign_in(self, email: str, password: str, address: str) -> str:
        account = self._proven(email, password, address)
        with self._logbook.engine.begin() as db:
            return sessions.start(db, account, self._clock())

    def sign_out(self, token: str) -> None:
        sessions.end(self._logbook, token)

    def _proven(self, email: str, password: str, address: str) -> int:
        """Whose password it is. One way for every address there is and is not: the same words, the same work."""
        key = accounts.email_key(email)[:254]
        tried = (attempts.an_account(key), attempts.an_address(address))
        wait = attempts.begin(self._logbook, tried, self._clock())
        if wait > timedelta():
            raise Refused(f"There were too many tries. Wait {_told(wait)} and try again.")
        known = accounts.password_hash(self._logbook, key)
        fits, anew = passwords.verify(password, known and known[1])
        if not fits or known is None:
            raise Refused(WRONG)
        attempts.succeed(self._logbook, *tried, self._clock())
        if anew is not None:
            with self._logbook.engine.begin() as db:
                accounts.set_password(db, known[0], anew)
        return known[0]

    # --- links ----------------------------------------------------------------

    def invited(self, token: str) -> Invited | None:
        found = invitations.read(self._logbook, token, self._clock())
        return None if found is None else welcoming.invited(self._logbook, found)

    def accept(self, token: str, filled: Filled) -> str:
        with as_refusal():
            found = invitations.read(self._logbook, token, self._clock())
            if found is None:
                raise KneewiseError(invitations.USED_UP)
            return welcoming.accept(self._logbook, found, filled, self._clock())

    # --- one's own account ----------------------------------------------------

    def email(self, account: int) -> str:
        return self._known(account).email

    def prove(self, account: int, password: str, address: str) -> None:
        try:
            self._proven(self._known(account).email, password, address)
        except Refused as error:
            raise Refused("That is not your password." if str(error) == WRONG else str(error)) from error

    def change_password(self, account: int, old: str, new: str, address: str) -> str:
        one = self._known(account)
        with as_refusal():
            passwords.check(new, one.name, one.email)
        try:
            self._proven(one.email, old, address)
        except Refused as error:
            raise Refused("The old password is another." if str(error) == WRONG else str(error)) from error
        hashed = passwords.hashed(new)
        with self._logbook.engine.begin() as db:
            accounts.set_password(db, account, hashed)
            sessions.end_all(db, account)
            return sessions.start(db, account, self._clock())

    def sessions(self, account: int, token: str | None) -> tuple[BrowserSession, ...]:
        here = sessions.hashed(token or "")
        return tuple(
            BrowserSession(one.created_at, one.seen_at, here.startswith(one.id))
            for one in sessions.sessions_of(self._logbook, account, self._clock())
        )

    def sign_out_everywhere(self, account: int) -> None:
        with self._logbook.engine.begin() as db:
            sessions.end_all(db, account)

    # --- for admins -----------------------------------------------------------

    def users(self) -> tuple[User, ...]:
        return tuple(
            User(a.id, a.name, a.email, a.is_admin, a.is_coach, a.athlete, a.disabled_at is not None)
            for a in accounts.accounts(self._logbook)
        )

    def open_invitations(self) -> tuple[OpenInvitation, ...]:
        return tuple(
            OpenInvitation(i.id, i.role, i.email or self._email_of(i.account), i.athlete, i.expires_at)
            for i in invitations.open_ones(self._logbook, self._clock())
        )

    def athletes_without_account(self) -> tuple[tuple[str, str], ...]:
        return welcoming.athletes_without_account(self._logbook)

    def invite(self, role: InvitedAs, email: str, athlete: str) -> str:
        with as_refusal():
            told = accounts.check_email(email) if email.strip() else None
            known = athlete if role == "athlete" and athlete else None
            if known and known not in dict(self.athletes_without_account()):
                raise KneewiseError("this athlete has an account already, or is not known.")
            token = invitations.invite(self._logbook, role, self._clock(), email=told, athlete=known)
            return f"/invite/{token}"

    def password_link(self, account: int) -> str:
        self._known(account)
        return f"/invite/{invitations.invite(self._logbook, 'password', self._clock(), account=account)}"

    def revoke(self, invitation: int) -> None:
        invitations.revoke(self._logbook, invitation)

    def set_enabled(self, account: int, is_enabled: bool) -> None:
        with as_refusal():
            if is_enabled:
                accounts.enable(self._logbook, account)
            else:
                accounts.disable(self._logbook, account, self._clock())

    def set_roles(self, account: int, *, is_admin: bool, is_coach: bool) -> None:
        with as_refusal():
            accounts.set_roles(self._logbook, account, is_admin=is_admin, is_coach=is_coach)

    def _known(self, account: int) -> Account:
        found = accounts.account(self._logbook, account)
        if found is None:
            raise Refused("There is no such account.")
        return found

    def _email_of(self, account: int | None) -> str | None:
        return None if account is None else self._known(account).email


def _told(wait: timedelta) -> str:
    seconds = int(wait.total_seconds()) + 1
    return f"{max(seconds, 2)} seconds" if seconds < 120 else f"{(seconds + 59) // 60} minutes"
