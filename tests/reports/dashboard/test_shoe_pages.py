"""Shoes in the browser: pairs, their life and forecast, rules, and changes that hold at once."""

from __future__ import annotations

from datetime import date

from viewers import MARA, coach_of_mara

from pipelines.logbook import shoe_rules, shoes
from pipelines.serving.reach import Reach
from reports.dashboard.ports.shoes import Rule
from reports.dashboard.viewer import Scope
from reports.dashboard.views.shoes import rule_words


def pair(reach: Reach, name: str):
    return shoes.shoe(reach.logbook, "mara", name)


def test_each_pair_shows_its_life_and_its_runs(client_as) -> None:
    page = client_as(MARA).get("/a/mara/shoes").text
    assert "Green road pair" in page
    assert "of 600 km" in page
    one = client_as(MARA).get("/a/mara/shoes/mara-green").text
    assert '<a href="/a/mara/runs/' in one
    assert "rule " in one


def test_an_added_pair_is_there_at_once_and_says_that_it_is_not_counted_yet(client_as, reach) -> None:
    told = {
        "name": "Red <i>racers</i>",
        "bought": "2026-11-10",
        "start": "12,5",
        "limit": "500",
        "default": "yes",
    }
    page = client_as(MARA).post("/a/mara/shoes", data=told).text
    assert "Red &lt;i&gt;racers&lt;/i&gt;" in page
    assert "Added a moment ago" in page
    added = pair(reach, "red-i-racers-i")
    assert (added.bought_on, added.initial_distance_m, added.limit_m) == (date(2026, 11, 10), 12_500, 500_000)
    assert added.limit_days == 183  # as usual where no months are told
    assert shoe_rules.rules(reach.logbook, "mara")[-1].shoe == added.id


def test_what_a_form_leaves_empty_stays_as_it_was(client_as, reach) -> None:
    before = pair(reach, "mara-green")
    client_as(MARA).post("/a/mara/shoes/mara-green", data={"name": "Greens", "limit": "700"})
    after = pair(reach, "mara-green")
    assert (after.name, after.limit_m) == ("Greens", 700_000)
    assert (after.bought_on, after.limit_days) == (before.bought_on, before.limit_days)


def test_the_filled_form_sent_back_unchanged_changes_nothing(client_as, reach) -> None:
    before = pair(reach, "mara-green")
    filled = {
        "name": before.name,
        "bought": str(before.bought_on),
        "start": "0.0",
        "limit": "600",
        "months": "",
    }
    client_as(MARA).post("/a/mara/shoes/mara-green", data=filled)
    assert pair(reach, "mara-green") == before


def test_a_pair_retires_and_comes_back(client_as, reach) -> None:
    client = client_as(MARA)
    client.post("/a/mara/shoes/mara-green/retire", data={"day": "2026-11-12"})
    assert pair(reach, "mara-green").retired_on == date(2026, 11, 12)
    client.post("/a/mara/shoes/mara-green/retire", data={"day": "2026-11-15"})
    assert pair(reach, "mara-green").retired_on is None


def test_rules_are_added_and_ended(client_as, reach) -> None:
    client = client_as(MARA)
    told = {
        "shoe": "mara-green",
        "sub_sport": "trail",
        "weekday": "7",
        "min_distance": "15",
        "from_day": "2026-05-03",
    }
    page = client.post("/a/mara/shoe-rules", data=told).text
    assert "Trail runs, on Sundays, of 15.0 km or more, from 3 May 2026 on" in page
    number = shoe_rules.rules(reach.logbook, "mara")[-1].id
    page = client.post("/a/mara/shoe-rules/end", data={"number": str(number)}).text
    assert shoe_rules.rules(reach.logbook, "mara")[-1].to_day == date(2026, 11, 16)


def test_what_cannot_be_is_refused_in_words(client_as, reach) -> None:
    client = client_as(MARA)
    for path, told, words in (
        ("/a/mara/shoes", {"name": "X", "limit": "0"}, "A limit is above 0"),
        ("/a/mara/shoes", {"name": "X", "limit": "far"}, "Distance to remind at is a number"),
        ("/a/mara/shoes", {"name": "  "}, "A name needs at least one letter"),
        ("/a/mara/shoes/mara-green/retire", {"day": "2026-11-17"}, "has not come yet"),
        ("/a/mara/shoe-rules", {"shoe": "jonas-red"}, "has no shoes"),
        ("/a/mara/shoe-rules", {"shoe": "mara-green", "surface": "lava"}, "is none of"),
    ):
        answer = client.post(path, data=told)
        assert answer.status_code == 422, path
        assert words in answer.text


def test_a_coach_reads_and_has_no_forms(client_as) -> None:
    coach = client_as(coach_of_mara(Scope.TRAINING))
    page = coach.get("/a/mara/shoes").text
    assert "Mara Lind’s shoes" in page
    assert '<form method="post" action="/a/mara' not in page
    assert coach.post("/a/mara/shoes", data={"name": "X"}).status_code == 404


def test_a_rule_is_said_in_the_athletes_units() -> None:
    rule = Rule(1, "x", date(2026, 1, 1), date(2026, 2, 1), "walking", None, "natural", None, None, 16_093.44)
    said = (
        "Walks, mostly on soft, natural ground, shorter than 10.0 mi, from 1 January 2026 to 1 February 2026"
    )
    assert rule_words(rule, "mi") == said
