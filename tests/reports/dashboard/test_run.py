"""A run's page: its line and streams for whom they are, and corrections that show at once."""

from __future__ import annotations

import re

import numpy as np
import pytest
from people import JONAS, MARA, coach_of_jonas
from test_week import words
from viewers import ClientAs

from features.per_activity.gps_distance import EARTH_RADIUS_M
from features.training_log import Track
from pipelines.logbook import efforts, shoe_wear, zones
from pipelines.privacy_zones import around
from pipelines.serving.reach import Reach
from reports.dashboard.viewer import Scope
from reports.dashboard.views.run_map import run_map
from reports.dashboard.views.run_streams import POINTS, bins_of, streams
from reports.wording import Measure


def run_of(reach: Reach, athlete: str, day: str) -> str:
    with reach.published.reading() as db:
        row = db.execute("select id from run where athlete = ? and day = ?", [athlete, day]).fetchone()
    assert row is not None
    return str(row[0])


@pytest.fixture
def long_run(reach: Reach) -> str:
    """Jonas' jump of 14 November: 21 km over hills, in the red pair."""
    return f"/a/jonas/runs/{run_of(reach, 'jonas', '2026-11-14')}"


def test_the_run_is_told_beside_the_month_before_it(client_as: ClientAs, long_run: str) -> None:
    told = words(client_as(JONAS).get(long_run).text)
    assert "Saturday 14 November 2026, 09:04 Trail run" in told
    assert "Stands out: 1.5 × the longest run of the 30 days before (14.1 km)." in told
    assert "As much as 21.7 km on the level at an easy pace" in told
    assert "Heart rate 144 beats a minute" in told


def test_its_week_leads_back(client_as: ClientAs, long_run: str) -> None:
    assert 'href="/a/jonas/week/2026-W46"' in client_as(JONAS).get(long_run).text


def test_a_corrected_shoe_shows_at_once_and_says_that_sums_follow(
    client_as: ClientAs, reach: Reach, long_run: str
) -> None:
    woken: list[str] = []
    object.__setattr__(reach, "wake", lambda: woken.append("now"))
    client = client_as(JONAS)
    assert "Shoes Red road pair" in words(client.get(long_run).text)
    done = client.post(f"{long_run}/shoe", data={"shoe": "jonas-black"}, follow_redirects=False)
    assert (done.status_code, done.headers["location"]) == (303, f"{long_run}?saved=shoe#shoe")
    told = words(client.get(done.headers["location"]).text)
    assert "The shoe of this run is as you said." in told
    assert "Sums, features and the level follow in a moment" in told
    assert "Shoes Black trail pair" in told
    assert woken == ["now"]
    client.post(f"{long_run}/shoe", data={"shoe": "none"})
    assert "Shoes None of the pairs, as told" in words(client.get(long_run).text)
    client.post(f"{long_run}/shoe", data={"shoe": "rules"})
    assert "Shoes Red road pair" in words(client.get(long_run).text)
    assert shoe_wear.assigned(reach.logbook, "jonas", [long_run.rpartition("/")[2]]) == {}


def test_effort_and_recovery_are_told_with_one_tap_each(
    client_as: ClientAs, reach: Reach, long_run: str
) -> None:
    client = client_as(JONAS)
    client.post(f"{long_run}/effort", data={"rpe": "7"})
    client.post(f"{long_run}/effort", data={"recovery": "0"})
    assert efforts.told_by_hand(reach.logbook, "jonas") == {long_run.rpartition("/")[2]: (7, 0)}
    assert "It felt 7 of 10 hard; recovered 0 of 10 before it" in words(client.get(long_run).text)


@pytest.mark.parametrize(
    ("what", "sent"),
    [("effort", {"rpe": "11"}), ("effort", {}), ("effort", {"rpe": "hard"}), ("shoe", {"shoe": "mara-blue"}),
     ("surface", {"surface": "lava"})],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_changes_nothing(
    client_as: ClientAs, long_run: str, what: str, sent: dict[str, str]
) -> None:
    client = client_as(JONAS)
    before = words(client.get(long_run).text)
    assert client.post(f"{long_run}/{what}", data=sent).status_code == 422
    assert words(client.get(long_run).text) == before


def test_the_ground_that_the_athlete_tells_beats_the_watch(client_as: ClientAs, long_run: str) -> None:
    client = client_as(JONAS)
    client.post(f"{long_run}/surface", data={"surface": "firm"})
    assert "firm 100 %" in words(client.get(long_run).text)
    client.post(f"{long_run}/surface", data={"surface": "unsaid"})
    assert "natural 60 %" in words(client.get(long_run).text)


def test_nobody_reaches_a_run_through_another_athletes_address(
    client_as: ClientAs, reach: Reach, long_run: str
) -> None:
    stolen = f"/a/mara/runs/{long_run.rpartition('/')[2]}"
    assert client_as(MARA).get(stolen).status_code == 404
    assert client_as(MARA).post(f"{stolen}/shoe", data={"shoe": "mara-blue"}).status_code == 404
    assert client_as(MARA).post(f"{long_run}/shoe", data={"shoe": "jonas-red"}).status_code == 404
    assert shoe_wear.assigned(reach.logbook, "mara", [long_run.rpartition("/")[2]]) == {}


def test_a_coach_may_read_and_not_correct(client_as: ClientAs, long_run: str) -> None:
    coach = client_as(coach_of_jonas(*Scope))
    assert "<form" not in coach.get(long_run).text.partition("<main")[2]
    assert coach.post(f"{long_run}/shoe", data={"shoe": "jonas-black"}).status_code == 404


def test_positions_and_heart_rate_reach_only_whom_they_were_shared_with(
    client_as: ClientAs, long_run: str
) -> None:
    bare = client_as(coach_of_jonas(Scope.TRAINING)).get(long_run).text
    assert 'class="way ' not in bare and "data-places" not in bare
    assert "beats a minute" not in bare and "Zones by heart rate" not in bare
    assert "Where runs went is not shown" in words(bare)
    assert "stream pace" in bare and "stream altitude" in bare
    whole = client_as(coach_of_jonas(*Scope)).get(long_run).text
    assert 'class="way ' in whole and "beats a minute" in whole


def test_a_coach_does_not_see_the_start_in_a_private_zone(
    client_as: ClientAs, reach: Reach, long_run: str
) -> None:
    with reach.published.reading() as db:
        row = db.execute(
            "select latitude_deg[1], longitude_deg[1] from track where recording_id = ?",
            [long_run.rpartition("/")[2]],
        ).fetchone()
    assert row is not None
    home = around(row[0], row[1], 300.0)
    zones.put(reach.logbook, "jonas", "home", home, reach.settings.now())
    own = client_as(JONAS).get(long_run).text
    shared = client_as(coach_of_jonas(*Scope)).get(long_run).text
    assert "<title>Start</title>" in own
    assert "<title>Start</title>" not in shared and "<title>Finish</title>" not in shared
    assert "or it is kept private" in words(shared)
    places = re.search(r'data-places="([^"]*)"', shared)
    assert places is not None and places[1].startswith("|"), "the marker does not show it either"


def test_north_is_up_east_is_right_and_the_bar_is_as_long_as_it_says() -> None:
    """A square of 1 km: up, right, down; 5 px of rounding at most."""
    degree_m = np.pi / 180 * EARTH_RADIUS_M
    latitude = np.array([0, 1000, 1000, 0]) / degree_m
    longitude = np.array([0, 0, 1000, 1000]) / degree_m
    drawn = run_map(latitude, longitude, ["level"] * 4, np.array([0, 1, 2, 3]), Measure("km"))
    assert drawn is not None
    (first, second, third, _) = [place for place in drawn.at if place]
    assert second[0] == first[0] and second[1] < first[1]
    assert third[1] == second[1] and third[0] > second[0]
    side_px = third[0] - second[0]
    assert drawn.scale_words == "200 m"
    assert drawn.scale_px == pytest.approx(side_px / 5, abs=0.2)


def test_a_hidden_stretch_breaks_the_line_and_draws_nothing_across_it() -> None:
    latitude = np.array([0, 1, 2, np.nan, np.nan, 5, 6, 7]) * 1e-3
    drawn = run_map(latitude, np.zeros(8), ["level"] * 8, np.arange(8), Measure("km"))
    assert drawn is not None
    assert [line.path.count("L") for line in drawn.lines] == [2, 2]
    assert drawn.at[3] is None and drawn.has_gaps


def test_streams_are_means_along_the_way_and_a_gap_is_no_line() -> None:
    seconds = np.arange(4000.0)
    heart = np.where(seconds < 2000, 120.0, 160.0)
    heart[1000:1500] = np.nan
    track = Track.of(seconds, distance_m=seconds * 3.0, speed_mps=np.full(4000, 2.5), heart_rate_bpm=heart)
    told = streams(track, bins_of(track), Measure("km"))
    pace, pulse = told.streams
    assert len(pulse.words) == POINTS
    assert (pulse.words[0], pulse.words[120], pulse.words[-1]) == ("120", "–", "160")
    assert pulse.path.count("M") == 2
    assert (pace.words[0], pace.unit) == ("6:40", "min/km")
    assert told.axis[-1] == "12.0 km"
