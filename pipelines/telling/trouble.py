"""Tells when something that runs by itself fails: once, until it has succeeded again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipelines.errors import BusyError, KneewiseError
from pipelines.logbook import outbox
from pipelines.telling.due import not_snoozed
from pipelines.telling.sending import send_due
from reports.alerts import BROKEN, broken_notice

if TYPE_CHECKING:
    from pipelines.steps import Home


@contextmanager
def told(home: Home, what: str, athletes: Iterable[str]) -> Iterator[None]:
    """Run a block whose failure these athletes should hear of; its error goes on as it was.

    Another process that is at work already is no failure.
    """
    people = [home.logbook.athlete(athlete) for athlete in athletes]
    try:
        yield
    except BusyError:
        raise
    except Exception as error:
        reason = str(error) if isinstance(error, KneewiseError) else f"{type(error).__name__}: {error}."
        for person in people:
            notice = broken_notice(what, reason, person.id, home.settings.today_in(person.zone))
            outbox.tell(home.logbook, person, not_snoozed(home, person, (notice,)), home.settings.now())
        send_due(home)
        raise
    for person in people:
        home.logbook.lapse(person.id, BROKEN, what, ())
