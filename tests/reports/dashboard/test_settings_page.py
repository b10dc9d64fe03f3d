"""The settings page: a profile told and forgotten, injuries, and where messages go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from viewers import MARA, coach_of_mara

from features.training_log import Condition, Equipment, Injury, Side
from pipelines.logbook import telling
from pipelines.logbook.telling import Choice, QuietHours
from reports.dashboard.viewer import Scope

PROFILE = {
    "name": "Mara Lind",
    "zone": "Europe/Stockholm",
    "units": "mi",
    "week_start": "sunday",
    "birth_year": "1991",
    "sex": "",
    "mass_kg": "61,5",
    "resting_heart_rate_bpm": "48",
    "highest_heart_rate_bpm": "190",
    "runner_since": "",
    "other_sports": "Climbing <3",
    "conditions": ["gout"],
    "equipment": ["band", "bike"],
}


def test_the_form_is_the_whole_profile_and_what_is_empty_becomes_unknown(client_as, reach) -> None:
    before = reach.logbook.athlete("mara")
    page = client_as(MARA).post("/a/mara/settings", data=PROFILE).text
    assert reach.logbook.athlete("mara") == replace(
        before,
        units="mi",
        week_start="sunday",
        sex=None,
        mass_kg=61.5,
        resting_heart_rate_bpm=48.0,
        highest_heart_rate_bpm=190.0,
        other_sports="Climbing <3",
        conditions=frozenset({Condition.GOUT}),
        equipment=frozenset({Equipment.BAND, Equipment.BIKE}),
    )
    assert "Climbing &lt;3" in page
    assert 'value="61.5"' in page


@pytest.mark.parametrize(
    ("field", "word", "words"),
    [
        ("name", " ", "A name needs at least one letter"),
        ("zone", "Mars/Olympus", "is not a time zone"),
        ("units", "leagues", "choose one of km, mi"),
        ("mass_kg", "5", "from 20 to 300"),
        ("birth_year", "1990.5", "whole number"),
        ("resting_heart_rate_bpm", "abc", "is a number from 25 to 120"),
        ("highest_heart_rate_bpm", "40", "from 100 to 240"),
        ("conditions", "boredom", "is no condition"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(client_as, reach, field, word, words) -> None:
    before = reach.logbook.athlete("mara")
    answer = client_as(MARA).post("/a/mara/settings", data=PROFILE | {field: word})
    assert answer.status_code == 422
    assert words in answer.text
    assert reach.logbook.athlete("mara") == before


def test_an_injury_is_told_ended_and_taken_back(client_as, reach) -> None:
    client = client_as(MARA)
    told = {"body_part": "Knee", "side": "left", "started_on": "2026-10-01", "note": "stairs"}
    client.post("/a/mara/settings/injury", data=told)
    assert reach.logbook.athlete("mara").injuries[-1] == Injury(
        "mara", "knee", Side.LEFT, date(2026, 10, 1), None, "stairs"
    )
    page = client.post("/a/mara/settings/injury", data=told | {"ended_on": "2026-11-01"}).text
    assert "Left knee, from 1 October 2026, to 1 November 2026: stairs" in page
    taken = {"body_part": "knee", "side": "left", "started_on": "2026-10-01"}
    client.post("/a/mara/settings/injury/forget", data=taken)
    assert reach.logbook.athlete("mara").injuries == ()
    assert client.post("/a/mara/settings/injury/forget", data=taken).status_code == 422
    later = told | {"started_on": "2026-11-17"}
    assert client.post("/a/mara/settings/injury", data=later).status_code == 422


def test_mail_addresses_alone_can_be_added_here(client_as, reach) -> None:
    client = client_as(MARA)
    page = client.post("/a/mara/settings/address", data={"address": "mara@example.org"}).text
    assert "m…@example.org" in page
    assert "mara@example.org" not in page
    for address in (
        "env:PATH",
        "file:/etc/passwd",
        "json://127.0.0.1:9/",
        "a@b.org\r\nBcc: c@d.org",
        "nobody",
    ):
        answer = client.post("/a/mara/settings/address", data={"address": address})
        assert answer.status_code == 422, address
    (channel,) = telling.channels(reach.logbook, "mara")
    client.post("/a/mara/settings/address/forget", data={"number": str(channel.id)})
    assert telling.channels(reach.logbook, "mara") == ()


def test_choices_and_quiet_hours_are_kept(client_as, reach) -> None:
    told = {"kind_shoe": "off", "kind_weekly_report": "at_once", "quiet_from": "21:30", "quiet_to": "07:00"}
    page = client_as(MARA).post("/a/mara/settings/messages", data=told).text
    assert telling.choices(reach.logbook, "mara")["shoe"] is Choice.OFF
    assert telling.quiet_hours(reach.logbook)["mara"] == QuietHours(21 * 60 + 30, 7 * 60)
    assert 'value="21:30"' in page
    client_as(MARA).post("/a/mara/settings/messages", data={"quiet_from": "", "quiet_to": ""})
    assert telling.quiet_hours(reach.logbook)["mara"] == QuietHours(0, 0)
    wrong = client_as(MARA).post("/a/mara/settings/messages", data={"quiet_from": "21:30", "quiet_to": ""})
    assert wrong.status_code == 422


def test_no_coach_sees_settings(client_as) -> None:
    assert client_as(coach_of_mara(*Scope)).get("/a/mara/settings").status_code == 404
