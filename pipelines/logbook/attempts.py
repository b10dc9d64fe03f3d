"""Slows down who guesses passwords: each failure more, the longer the wait, for one account and for one address.

A try is counted before the password is looked at, so that a thousand at once are no way around it, and an
account that does not exist is counted like one that does.
"""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from pipelines.logbook.account_tables import login_attempt as table
from pipelines.logbook.instants import plain
from pipelines.logbook.store import Logbook

FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Guarded:
    """Something that is tried: after ``free`` failures each more doubles the wait, from one second to the longest."""

    kind: str
    name: str
    free: int
    longest: timedelta

    @property
    def key(self) -> str:
        return hashlib.sha256(f"{self.kind}\0{self.name}".encode("utf-8", "replace")).hexdigest()

    def wait(self, failures: int) -> timedelta:
        if failures < self.free:
            return timedelta()
        return min(timedelta(seconds=2 ** min(failures - self.free, 20)), self.longest)


def an_account(email_key: str) -> Guarded:
    return Guarded("account", email_key, 5, timedelta(minutes=5))  # its owner is kept out as well


def an_address(address: str) -> Guarded:
    """Many people may share one, so it may fail more often. Whoever has an IPv6 address has 2**64: they count as one."""
    return Guarded("address", _network(address), 20, timedelta(minutes=15))


def begin(logbook: Logbook, tried: Sequence[Guarded], now: datetime) -> timedelta:
    """Count a try against each; how long to wait instead, where any is closed. A try that is refused counts not."""
    with logbook.engine.begin() as db:
        db.execute(
            delete(table).where(table.c.last_at < plain(now - FORGOTTEN_AFTER))
        )  # also: writers take turns
        found = {one: _failures(db, one) for one in tried}
        waits = [closed_until - plain(now) for _, closed_until in found.values()]
        longest = max([timedelta(), *waits])
        if longest > timedelta():
            return longest
        for one, (failures, _) in found.items():
            _put(db, one, failures + 1, now)
    return timedelta()


def succeed(logbook: Logbook, account: Guarded, address: Guarded, now: datetime) -> None:
    """It was the right one: the account's failures are forgotten, and this try is none of the address."""
    with logbook.engine.begin() as db:
        db.execute(delete(table).where(table.c.key_sha256 == account.key))
        failures, _ = _failures(db, address)
        _put(db, address, max(failures - 1, 0), now)


def _network(address: str) -> str:
    """What one household is given: the first 64 bits of an IPv6 address, all of another."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _failures(db: Connection, one: Guarded) -> tuple[int, datetime]:
    query = select(table.c.failures, table.c.closed_until).where(table.c.key_sha256 == one.key)
    row = db.execute(query.with_for_update()).first()
    return (0, datetime.min) if row is None else (int(row[0]), row[1])


def _put(db: Connection, one: Guarded, failures: int, now: datetime) -> None:
    values = {"failures": failures, "last_at": plain(now), "closed_until": plain(now + one.wait(failures))}
    if not db.execute(update(table).where(table.c.key_sha256 == one.key).values(values)).rowcount:
        db.execute(table.insert().values(key_sha256=one.key, **values))
