"""What a Garmin account's export tells beside its workouts."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from pipelines.sources.garmin_export import (
    GarminGear,
    GarminNote,
    GarminShoe,
    note_for,
    read_gear,
    read_notes,
)

# As an account exports them; the fields that are not read are left out.
GEAR = [
    {
        "gearDTOS": [
            {
                "gearPk": 39917352,
                "gearMakeName": "Other",
                "gearModelName": "Unknown Shoes",
                "gearTypeName": "Shoes",
                "gearStatusName": "active",
                "displayName": None,
                "customMakeModel": "Altra Torin 5",
                "dateBegin": "2024-09-04T22:00:00.0",
                "dateEnd": None,
                "maximumMeters": 643738.0,
            },
            {
                "gearPk": 12345679,
                "gearTypeName": "Shoes",
                "gearStatusName": "retired",
                "displayName": "Old ghosts",
                "customMakeModel": "Brooks Ghost",
                "dateBegin": "2022-05-17T00:00:00.0",
                "dateEnd": "2023-01-01T05:00:00.0",
                "maximumMeters": 0,
            },
            {"gearPk": 12345678, "gearTypeName": "Bike", "displayName": "gray"},
            {"gearPk": 7, "gearTypeName": "Shoes", "gearMakeName": "Nike", "gearModelName": "Pegasus"},
            {"gearPk": 8, "gearTypeName": "Shoes"},
        ],
        "gearActivityDTOs": {
            "39917352": [{"gearPk": 39917352, "activityId": 111}, {"activityId": 222}],
            "12345678": [{"activityId": 111}],
            "7": [{"activityId": 222}],
            "99": [{"activityId": 111}],
        },
    }
]
BEGAN = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)  # 1700000000 s
SUMMARIES = [
    {
        "summarizedActivitiesExport": [
            {"activityId": 111, "name": "Früh", "beginTimestamp": 1700000000000, "workoutRpe": 70},
            {"activityId": 222, "name": " ", "startTimeGmt": 1.7000036e12, "splits": [{"a": "}]{"}]},
            {"activityId": 333, "name": "No start"},
            {"activityId": 444, "name": "Relay", "beginTimestamp": 1700000000000 + 7200_000},
            {"activityId": 111, "name": "First leg", "beginTimestamp": 1700000000000 + 7200_000},
        ]
    }
]


def test_pairs_are_read_with_their_days_and_limits_and_bikes_are_not() -> None:
    """A day is told as its start in UTC: 22:00 the evening before in summer east of Greenwich."""
    assert read_gear(json.dumps(GEAR).encode()).shoes == (
        GarminShoe("Altra Torin 5", date(2024, 9, 5), None, False, 643738.0),
        GarminShoe("Old ghosts", date(2022, 5, 17), date(2023, 1, 1), True, None),
        GarminShoe("Nike Pegasus"),
    )


def test_which_pair_was_worn_is_known_by_the_accounts_number() -> None:
    worn = read_gear(json.dumps(GEAR).encode()).worn
    assert worn == {111: ("Altra Torin 5",), 222: ("Altra Torin 5", "Nike Pegasus")}


@pytest.mark.parametrize("indent", [None, 4])
def test_notes_are_found_by_when_the_workout_began(indent: int | None) -> None:
    gear = read_gear(json.dumps(GEAR).encode())
    notes = read_notes(json.dumps(SUMMARIES, indent=indent, ensure_ascii=False).encode(), gear)
    assert notes == {
        BEGAN: GarminNote("Früh", ("Altra Torin 5",), 7.0),
        BEGAN + timedelta(hours=1): GarminNote(None, ("Altra Torin 5", "Nike Pegasus")),
        BEGAN + timedelta(hours=2): GarminNote("First leg", ("Altra Torin 5",)),
    }
    assert note_for(notes, BEGAN + timedelta(seconds=1)) == notes[BEGAN]
    assert note_for(notes, BEGAN + timedelta(seconds=0.4)) == notes[BEGAN]
    assert note_for(notes, BEGAN + timedelta(seconds=5)) is None


@pytest.mark.parametrize("rpe", [0, 5, 110, "70", None, True])
def test_what_is_not_on_the_scale_is_no_exertion(rpe: object) -> None:
    data = [{"summarizedActivitiesExport": [{"beginTimestamp": 0, "workoutRpe": rpe}]}]
    (note,) = read_notes(json.dumps(data).encode()).values()
    assert note.rpe is None


def test_a_list_that_breaks_off_keeps_its_beginning() -> None:
    text = json.dumps(SUMMARIES)
    assert list(read_notes(text[: text.index('"No start"')].encode())) == [BEGAN, BEGAN + timedelta(hours=1)]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[1, [2], {}]",
        b'{"gearDTOS": 5, "gearActivityDTOs": [], "summarizedActivitiesExport": [7]}',
        b'[{"gearDTOS": [{"gearTypeName": "Shoes", "gearPk": {}, "displayName": 7}], "gearActivityDTOs": {"x": 1}}]',
        b'[{"summarizedActivitiesExport": [{"beginTimestamp": 1e400}, {"beginTimestamp": NaN}, {"beginTimestamp": "x"}]}]',
        b'[{"summarizedActivitiesExport": [' + b'{"a":' * 100_000,
        b"[" * 100_000,
        b"\xff\xfe\x00 not text",
    ],
)
def test_what_is_no_list_says_nothing(data: bytes) -> None:
    assert read_gear(data) == GarminGear((), {})
    assert read_notes(data) == {}
