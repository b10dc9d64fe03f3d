"""What a run was on: who is believed before whom, and that shares always sum to 1."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from training import history, run

from features import catalog
from features.surfaces import CLASSES
from features.training_log import Activity, Surface
from pipelines.warehouse import store, writing

FOREST = {"paved": 0.2, "compact": 0.3, "gravel": 0.1, "trail": 0.25, "soft": 0.05, "unknown": 0.1}
STADIUM = {"track": 0.9, "paved": 0.1}
SHARES = ("hard", "firm", "natural", "track", "treadmill", "unknown")


@dataclass(frozen=True)
class Said:
    """A run, and what athlete, map and shape say of it."""

    activity: Activity
    told: str | None = None
    mapped: dict[str, float] | None = None
    oval: float | None = None


def asked_all(*said: Said) -> dict[str, dict[str, Any]]:
    """Run → its row, in a real warehouse."""
    with store.open_for_writing(Path(":memory:")) as db:
        history(db, [one.activity for one in said])
        told = [{"athlete": "ada", "recording": s.activity.id, "class": s.told} for s in said if s.told]
        writing.replace(db, "recording_surface", told)
        for one in said:
            if one.mapped:
                writing.insert(
                    db, "surface_match", pa.Table.from_pylist([match_row(one.activity.id, one.mapped)])
                )
            if one.oval is not None:
                db.execute(
                    "insert into stream_measure by name select ? as recording_id, 1 as version, "
                    "[]::float[] as segment_distance_m, []::float[] as segment_moving_s, "
                    "[]::float[] as segment_grade, []::float[] as segment_cadence_spm, "
                    "[]::float[] as segment_heart_rate_bpm, ? as oval_track_share",
                    [one.activity.id, one.oval],
                )
        last = max(one.activity.day for one in said)
        writing.make_views(db, (*catalog.COUNTED_VIEWS, "surface_told", "run_surface"), last)
        answer = db.execute("select * from run_surface")
        names = [column[0] for column in answer.description]
        rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    for row in rows:
        assert sum(row[f"{name}_share"] for name in SHARES) == pytest.approx(1)
    return {row["activity"]: row for row in rows}


def asked(activity: Activity | None = None, **said: Any) -> dict[str, Any]:
    """The row of one run."""
    one = activity or run(0)
    return asked_all(Said(one, **said))[one.id]


def match_row(recording: str, mapped: dict[str, float]) -> dict[str, Any]:
    """What a map says of a recording; of its classes those that are not named have no share."""
    parts = ("explicit_share", "inferred_share", "off_network_share", "no_position_share")
    return {
        "recording_id": recording,
        "made_of": "recording, map and method",
        "region": "forest",
        **{name: mapped.get(name, 0.0) for name in (*CLASSES, "unknown")},
        **dict.fromkeys(parts, 0.25),
        "confidence": 0.8,
    }


def shares(found: dict[str, Any]) -> dict[str, float]:
    return {name: found[f"{name}_share"] for name in SHARES if found[f"{name}_share"] > 1e-9}


def test_what_nobody_tells_is_unknown_and_not_asphalt() -> None:
    found = asked()
    assert shares(found) == {"unknown": 1}
    assert (found["source"], found["confidence"]) == ("unknown", None)


def test_the_maps_classes_are_summed_in_groups() -> None:
    found = asked(mapped=FOREST)
    assert shares(found) == pytest.approx({"hard": 0.2, "firm": 0.4, "natural": 0.3, "unknown": 0.1})
    assert (found["source"], found["confidence"]) == ("map", 0.8)


def test_a_map_that_knows_nothing_of_a_run_lets_the_watch_speak() -> None:
    found = asked(run(0, sub_sport="trail"), mapped={"unknown": 1.0})
    assert shares(found) == {"natural": 0.6, "unknown": 0.4}
    assert found["source"] == "sub_sport"


@pytest.mark.parametrize(
    ("sub_sport", "group"), [("street", "hard"), ("road", "hard"), ("trail", "natural"), ("track", "track")]
)
def test_the_watchs_name_for_a_run_leaves_a_part_unknown(sub_sport: str, group: str) -> None:
    found = asked(run(0, sub_sport=sub_sport))
    assert set(shares(found)) == {group, "unknown"}
    assert found["confidence"] == found[f"{group}_share"]


def test_laps_by_their_shape_are_a_track_with_nine_in_ten() -> None:
    found = asked(oval=0.8)
    assert shares(found) == pytest.approx({"track": 0.72, "unknown": 0.28})
    assert (found["source"], found["confidence"]) == ("track", 0.9)
    assert asked(oval=0.0)["source"] == "unknown"


def test_a_map_that_was_asked_says_itself_that_it_was_a_track() -> None:
    assert asked(mapped=STADIUM)["source"] == "track"
    assert shares(asked(mapped=STADIUM, oval=0.5)) == pytest.approx({"track": 0.9, "hard": 0.1})


# highest first, each with the group that it says
LADDER = {"indoor": "treadmill", "told": "firm", "map": "natural", "track": "track", "sub_sport": "hard"}


def test_the_first_that_tells_is_believed() -> None:
    cases = {}
    for day, says in enumerate(product((False, True), repeat=len(LADDER))):
        speaks = [name for name, spoke in zip(LADDER, says, strict=True) if spoke]
        surface = Surface.TREADMILL if "indoor" in speaks else Surface.UNKNOWN
        one = Said(
            run(day, sub_sport="street" if "sub_sport" in speaks else None, surface=surface),
            told="firm" if "told" in speaks else None,
            mapped={"trail": 1.0} if "map" in speaks else None,
            oval=1.0 if "track" in speaks else None,
        )
        cases[one.activity.id] = one, next(iter(speaks), "unknown")
    found = asked_all(*(one for one, _ in cases.values()))
    for activity, (_, highest) in cases.items():
        assert found[activity]["source"] == highest
        assert found[activity][f"{LADDER.get(highest, 'unknown')}_share"] > 0.5


def test_of_two_recordings_of_a_run_the_better_ones_match_counts() -> None:
    watch, phone = replace(run(0), samples=900), replace(run(0), samples=100)
    found = asked_all(Said(phone, mapped={"paved": 1.0}), Said(watch, mapped={"trail": 1.0}))
    assert [row["natural_share"] for row in found.values()] == [1.0]
