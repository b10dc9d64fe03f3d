"""Measures everything up to a day: samples, then which workouts count, then their loads, then all features.

Histories are always rebuilt whole, so a late or corrected file needs no special case. What samples say is
measured once for each recording, when it is read, and here again only if it is measured in another way since.
"""

from __future__ import annotations

from datetime import date

from features import catalog
from pipelines import loads
from pipelines.warehouse import writing
from pipelines.warehouse.store import Db


def measure(db: Db, as_of: date) -> None:
    """Rebuild every view and feature from the recordings, up to and including ``as_of``."""
    loads.measure_streams(db)
    writing.make_views(db, catalog.COUNTED_VIEWS, as_of)
    loads.update_loads(db)
    writing.make_views(db, catalog.VIEW_ORDER[len(catalog.COUNTED_VIEWS) :], as_of)
    writing.make_features(db)
