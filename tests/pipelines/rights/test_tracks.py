"""One door to samples and positions: the athlete sees all, others what was shared and never the home."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from features.training_log import Athlete, Track
from pipelines import settings
from pipelines.intake import take_in
from pipelines.logbook import zones
from pipelines.privacy_zones import around, hidden
from pipelines.serving.tracks import track_for
from pipelines.steps import Home, open_home
from pipelines.usual_starts import usual_starts
from pipelines.warehouse import store
from pipelines.warehouse.store import Db
from reports.dashboard.viewer import ALL_SCOPES, Scope, Viewer

PROJECT = Path(__file__).resolve().parents[3]
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
MARA = Viewer(1, "Mara", athlete="mara")


def coach(*scopes: Scope) -> Viewer:
    return Viewer(2, "Cleo", is_coach=True, shared={"mara": frozenset(scopes)})


@contextmanager
def a_home(folder: Path) -> Iterator[tuple[Home, Db]]:
    """With some outdoor runs of the sample athlete."""
    config = settings.load(folder)
    with open_home(config) as home, store.open_for_writing(config.warehouse_path) as db:
        mara = home.logbook.add_athlete(Athlete("mara", "Mara", "Europe/Berlin"))
        files = sorted((PROJECT / "data_samples" / "mara").rglob("*.fit"))[:12]
        take_in(db, config.originals_path, mara, files, 1, lambda *_: None, NOON)
        yield home, db


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Home, Db]]:
    with a_home(tmp_path_factory.mktemp("home")) as found:
        yield found


@pytest.fixture(scope="module")
def recording(opened: tuple[Home, Db]) -> str:
    home, db = opened
    (start, *_) = usual_starts(db, "mara")
    zone = around(start.latitude_deg, start.longitude_deg, 300.0)
    zones.put(home.logbook, "mara", "Home", zone, NOON)
    return start.recording


def known(track: Track) -> set[str]:
    return {f.name for f in fields(Track) if not np.isnan(getattr(track, f.name)).all()}


def test_the_usual_start_is_where_most_runs_begin(opened: tuple[Home, Db], recording: str) -> None:
    _, db = opened
    start = usual_starts(db, "mara")[0]
    whole = track_for(db, opened[0].logbook, MARA, recording)
    assert whole is not None
    assert start.runs >= 2 and start.runs <= start.of_runs <= 12
    assert abs(whole.latitude_deg[~np.isnan(whole.latitude_deg)][0] - start.latitude_deg) < 0.002


def test_the_athlete_sees_every_position(opened: tuple[Home, Db], recording: str) -> None:
    home, db = opened
    track = track_for(db, home.logbook, MARA, recording)
    assert track is not None
    (zone,) = (each.zone for each in zones.zones(home.logbook, "mara"))
    assert hidden([zone], track.latitude_deg, track.longitude_deg)[:5].any()


def test_a_coach_with_every_scope_sees_no_position_in_a_zone(opened: tuple[Home, Db], recording: str) -> None:
    home, db = opened
    own = track_for(db, home.logbook, MARA, recording)
    seen = track_for(db, home.logbook, coach(*ALL_SCOPES), recording)
    assert own is not None and seen is not None
    (zone,) = (each.zone for each in zones.zones(home.logbook, "mara"))
    assert not hidden([zone], seen.latitude_deg, seen.longitude_deg).any()
    assert 0 < np.isnan(seen.latitude_deg).sum() < len(seen)
    assert np.array_equal(own.distance_m, seen.distance_m, equal_nan=True)
    assert np.array_equal(own.elapsed_s, seen.elapsed_s)


def test_what_was_not_shared_is_not_in_the_track(opened: tuple[Home, Db], recording: str) -> None:
    home, db = opened

    def seen_with(*scopes: Scope) -> set[str]:
        track = track_for(db, home.logbook, coach(*scopes), recording)
        return set() if track is None else known(track)

    everything = seen_with(*ALL_SCOPES)
    assert {"latitude_deg", "longitude_deg", "heart_rate_bpm", "cadence_spm"} <= everything
    without_places = seen_with(Scope.TRAINING, Scope.BODY)
    assert everything - without_places == {"latitude_deg", "longitude_deg"}
    assert without_places - seen_with(Scope.TRAINING) == {"heart_rate_bpm"}
    assert seen_with(Scope.POSITIONS, Scope.BODY, Scope.PAIN) == set()


def test_a_stranger_sees_no_track_and_an_unknown_one_is_none(opened: tuple[Home, Db], recording: str) -> None:
    home, db = opened
    for stranger in (Viewer(3, "Jo", athlete="jonas"), Viewer(4, "Root", is_admin=True), Viewer(5, "Dan")):
        assert track_for(db, home.logbook, stranger, recording) is None
    assert track_for(db, home.logbook, MARA, "no-such-recording") is None


def test_no_page_reads_positions_by_another_door() -> None:
    """Whoever shows a map asks ``track_for``; a query of its own would show the home."""
    doors = {"tracks.py", "own_data.py"}  # the latter is for the athlete's own eyes, and has no other route
    pages = [*(PROJECT / "pipelines" / "serving").rglob("*.py"), *(PROJECT / "reports").rglob("*.py")]
    for path in pages:
        words = path.read_text(encoding="utf-8")
        assert "warehouse.positions" not in words or path.name in doors, path
        assert "from track" not in words and "join track" not in words, path
    questions = (PROJECT / "pipelines" / "warehouse" / "questions").glob("*.sql")
    readers = {path.name for path in questions if "latitude_deg" in path.read_text(encoding="utf-8")}
    assert readers == {"starts.sql"}
