"""The simulated team is one that pages can be measured with: levels, runs with samples, check-ins, shoes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from benchmarks.dashboard_home import athlete_id, fill
from pipelines import settings
from pipelines.serving.reach import reaching
from pipelines.serving.store import ServedStore
from reports.dashboard.viewer import ALL_SCOPES

TODAY = date(2026, 11, 22)


def test_a_small_team_has_all_that_the_roster_shows(tmp_path: Path) -> None:
    fill(tmp_path / "home", 3, 120, TODAY)
    with reaching(settings.load(tmp_path / "home")) as reach:
        everyone = {athlete_id(number): ALL_SCOPES for number in range(3)}
        found = ServedStore(reach).coaching.standings(everyone)
        with reach.published.reading() as db:
            (tracks,) = db.execute("select count(*) from track").fetchone() or (0,)
    assert [one.athlete for one in found] == sorted(everyone)
    assert {one.day for one in found} == {TODAY}
    assert all(one.shoes for one in found)
    assert any(one.knee_week_m for one in found)
    assert any(one.pain is not None and one.pain.check_ins for one in found)
    assert tracks > 20
