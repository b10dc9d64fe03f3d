"""Gathers one workout from the published copy into the story that its page tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from features.training_log import Athlete, Flag
from pipelines.chosen_run import chosen_run
from pipelines.logbook import shoes as shoe_book
from pipelines.logbook.store import Logbook
from pipelines.settings import Settings
from pipelines.warehouse import reading, store
from reports.run_story import RunStory, WornPair

GROUNDS = ("hard", "firm", "natural", "track", "treadmill", "unknown")


def one_run(
    logbook: Logbook, settings: Settings, wanted: str, athlete: str | None
) -> tuple[Athlete, RunStory]:
    """The workout whose id starts with ``wanted`` (or the ``last`` run), and whose it is.

    Raises KneewiseError where none or several fit.
    """
    chosen = chosen_run(logbook, settings, wanted, athlete)
    with store.open_published(settings.published_path) as db:
        (row,) = reading.rows(db, "one_run", {"activity": chosen.id})
    person = logbook.athlete(row.pop("athlete"))
    names = {pair.id: pair.name for pair in shoe_book.shoes(logbook, person.id)}
    return person, run_story(row, names)


def run_story(row: dict[str, Any], shoe_names: Mapping[str, str]) -> RunStory:
    """The story in a row of the question ``one_run``, without its athlete."""
    shares = {ground: row.pop(f"{ground}_share") or 0.0 for ground in GROUNDS}
    told = {
        "started_at": row["started_at"].replace(tzinfo=UTC),
        "flags": tuple(sorted(Flag(flag) for flag in row["flags"])),
        "zone_s": None if row["zone_s"] is None else tuple(row["zone_s"]),
        "pace_zone_s": None if row["pace_zone_s"] is None else tuple(row["pace_zone_s"]),
        "surfaces": tuple(sorted(shares.items(), key=lambda told: -told[1])),
        "shoes": tuple(
            WornPair(shoe_names.get(worn["shoe"], worn["shoe"]), worn["share"], worn["matched_by"])
            for worn in row["shoes"] or ()
        ),
    }
    return RunStory(**{**row, **told})
