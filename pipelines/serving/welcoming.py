"""What a link lets somebody in as, and the account and athlete that are made when they have filled it in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from features.training_log import Athlete
from pipelines.errors import KneewiseError
from pipelines.logbook import accounts, invitations, sessions
from pipelines.logbook.accounts import NewAccount
from pipelines.logbook.invitations import Invitation
from pipelines.logbook.store import Logbook, add_athlete, check_zone, slug
from pipelines.serving import passwords
from reports.dashboard.ports.accounts import Filled, Invited


def invited(logbook: Logbook, link: Invitation) -> Invited | None:
    """What to ask of whoever has the link. None where it has lost its sense meanwhile."""
    if link.role == "setup":
        return None if accounts.are_there_any(logbook) else Invited("setup")
    if link.role == "password":
        known = accounts.account(logbook, link.account or 0)
        return None if known is None else Invited("password", known.email, known.name, is_athlete_known=True)
    names = {athlete.id: athlete.name for athlete in logbook.athletes()}
    return Invited(link.role, link.email, names.get(link.athlete or ""), link.athlete is not None)


def accept(logbook: Logbook, link: Invitation, filled: Filled, now: datetime) -> str:
    """Make what the link is for, in one transaction with using it up; a session's token. Raises KneewiseError."""
    if link.role == "password":
        return _choose_password(logbook, link, filled.password, now)
    email = accounts.check_email(link.email or filled.email)
    name = accounts.check_name(filled.name)
    passwords.check(filled.password, name, email)
    hashed = passwords.hashed(filled.password)
    athlete, is_new = _athlete(logbook, link, filled, name)
    with logbook.engine.begin() as db:
        invitations.use(db, link, now)
        if link.role == "setup" and accounts.are_any(db):
            raise KneewiseError("there is an account already. Sign in with it.")
        if athlete is not None and is_new:
            add_athlete(db, athlete)
        roles = {"is_admin": link.role == "setup", "is_coach": link.role == "coach"}
        who = None if athlete is None else athlete.id
        made = NewAccount(name, email, hashed, athlete=who, zone=check_zone(filled.zone), **roles)
        return sessions.start(db, accounts.add(db, made, now), now)


def athletes_without_account(logbook: Logbook) -> tuple[tuple[str, str], ...]:
    """(id, name) of whoever has no account yet, by id."""
    taken = {account.athlete for account in accounts.accounts(logbook)}
    return tuple((a.id, a.name) for a in logbook.athletes() if a.id not in taken)


def _choose_password(logbook: Logbook, link: Invitation, password: str, now: datetime) -> str:
    known = accounts.account(logbook, link.account or 0)
    if known is None or known.disabled_at is not None:
        raise KneewiseError("this account cannot be signed in to. Ask your admin.")
    passwords.check(password, known.name, known.email)
    hashed = passwords.hashed(password)
    with logbook.engine.begin() as db:
        invitations.use(db, link, now)
        accounts.set_password(db, known.id, hashed)
        sessions.end_all(db, known.id)
        return sessions.start(db, known.id, now)


def _athlete(logbook: Logbook, link: Invitation, filled: Filled, name: str) -> tuple[Athlete | None, bool]:
    """Whose runs the account will show, and whether they are new here."""
    wanted = link.athlete if link.role == "athlete" else filled.athlete if link.role == "setup" else "none"
    if wanted == "none":
        return None, False
    known = {athlete.id: athlete for athlete in logbook.athletes()}
    if wanted not in (None, "new"):
        if wanted not in dict(athletes_without_account(logbook)):
            raise KneewiseError("this athlete has an account already, or is not known.")
        return known[wanted], False
    return Athlete(_free_id(slug(name), known), name, check_zone(filled.zone)), True


def _free_id(wanted: str, taken: Collection[str]) -> str:
    number, free = 1, wanted
    while free in taken or free in ("new", "none"):
        number += 1
        free = f"{wanted}-{number}"
    return free
