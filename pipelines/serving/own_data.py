"""Answers the pages about one's own data: zones, tokens, export, deletion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pipelines.belongings import deleting, receipts, taking_out
from pipelines.errors import BusyError
from pipelines.logbook import tokens, zones
from pipelines.privacy_zones import RADII_M, around, hidden
from pipelines.serving.reach import Reach
from pipelines.serving.refusing import as_refusal
from pipelines.serving.sketches import sketch
from pipelines.usual_starts import UsualStart, usual_starts
from pipelines.warehouse.positions import paths
from pipelines.warehouse.store import Db
from reports.dashboard.ports.own_data import ApiToken, HiddenZone, Privacy, Start, TokenKind
from reports.dashboard.refusals import Refused

RUNS_DRAWN = 30
PATIENCE_S = 3.0  # a page waits no longer for a sync to end


class OwnData:
    """Answers ``OwnDataPort``."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    def privacy(self, athlete: str) -> Privacy:
        return self._reach.kept.get(("privacy", athlete), lambda: self._privacy(athlete))

    def _privacy(self, athlete: str) -> Privacy:
        set_zones = zones.zones(self._reach.logbook, athlete)
        every = [each.zone for each in set_zones]
        starts: tuple[UsualStart, ...] = ()
        runs = []
        if self._reach.published.identity() is not None:
            with self._reach.published.reading() as db:
                starts, runs = _open_starts(self._reach, db, athlete), paths(db, athlete, RUNS_DRAWN)
        return Privacy(
            athlete=athlete,
            zone=self._reach.logbook.athlete(athlete).zone,
            radii_m=RADII_M,
            hidden=tuple(
                HiddenZone(
                    z.id,
                    z.name,
                    z.zone.radius_m,
                    z.made_at,
                    sketch(runs, (z.zone.latitude_deg, z.zone.longitude_deg), z.zone.radius_m, every),
                )
                for z in set_zones
            ),
            starts=tuple(
                Start(
                    s.recording,
                    s.runs,
                    s.of_runs,
                    sketch(runs, (s.latitude_deg, s.longitude_deg), RADII_M[1], every),
                )
                for s in starts
            ),
        )

    def hide(self, athlete: str, recording: str, name: str, radius_m: float) -> None:
        with as_refusal(), self._reach.published.reading() as db:
            found = [s for s in _open_starts(self._reach, db, athlete) if s.recording == recording]
        if not found:
            raise Refused(
                "Runs do not usually begin there, or it is hidden already. Choose a place of the list."
            )
        zone = around(found[0].latitude_deg, found[0].longitude_deg, radius_m)
        with as_refusal():
            zones.put(self._reach.logbook, athlete, name, zone, self._reach.settings.now())

    def show_again(self, athlete: str, number: int) -> None:
        zones.remove(self._reach.logbook, athlete, number)

    def tokens(self, athlete: str) -> tuple[tuple[ApiToken, ...], str]:
        now = self._reach.settings.now()
        found = tokens.tokens(self._reach.logbook, athlete)
        told = tuple(
            ApiToken(
                t.id, t.kind, t.name, t.made_at, t.expires_at, t.last_used_on, t.revoked_at, t.works(now)
            )
            for t in found
        )
        return told, self._reach.logbook.athlete(athlete).zone

    def make_token(self, athlete: str, kind: TokenKind, name: str, days: int | None) -> str:
        good_for = None if days is None else timedelta(days=days)
        with as_refusal():
            return tokens.make(self._reach.logbook, athlete, kind, name, self._reach.settings.now(), good_for)

    def revoke_token(self, athlete: str, number: int) -> None:
        tokens.revoke(self._reach.logbook, athlete, number, self._reach.settings.now())

    def export(self, athlete: str) -> Iterator[bytes]:
        return taking_out.zipped(self._reach.home, athlete)

    def delete(self, athlete: str) -> tuple[str, ...]:
        try:
            with as_refusal():
                return tuple(receipts.lines(deleting.delete(self._reach.home, athlete, PATIENCE_S)))
        except Refused as error:
            if isinstance(error.__cause__, BusyError):
                raise Refused(
                    "Files are being read in right now. Nothing was deleted; try again soon."
                ) from error
            raise


def _open_starts(reach: Reach, db: Db, athlete: str) -> tuple[UsualStart, ...]:
    """Usual starts that no zone hides yet."""
    every = [each.zone for each in zones.zones(reach.logbook, athlete)]
    found = usual_starts(db, athlete)
    return tuple(s for s in found if not hidden(every, *s.place).any())
