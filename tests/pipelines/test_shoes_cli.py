"""``kneewise shoes`` as a user meets it: three runs of one week, in two pairs and more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pipelines_cli import PROJECT, answer, kneewise

JONAS = PROJECT / "data_samples" / "jonas"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Jonas's last week, all of it in the red pair."""
    synced = kneewise("sync", *sorted(JONAS.glob("2026-11-1*.fit*")), home=tmp_path)
    assert synced.returncode == 0, synced.stderr
    answer("shoes", "add", "Red", "--bought", "2026-11-01", "--start", "100km", home=tmp_path)
    answer("shoes", "add", "Blue", "--bought", "2026-11-02", "--no-default", home=tmp_path)
    return tmp_path


def runs_of(home: Path) -> dict[str, dict[str, Any]]:
    return {run["day"]: run for run in answer("activities", home=home) if run["sport"] == "running"}


def km_of(pairs: list[dict[str, Any]]) -> dict[str, float]:
    return {pair["id"]: round(pair["distance_m"] / 1000, 3) for pair in pairs}


def refused(*words: str, home: Path) -> str:
    done = kneewise("shoes", *words, home=home)
    assert done.returncode != 0
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr


def test_a_run_is_split_corrected_and_taken_back(home: Path) -> None:
    runs = runs_of(home)
    long = runs["2026-11-14"]
    all_km, long_km = sum(r["distance_m"] for r in runs.values()) / 1000, long["distance_m"] / 1000

    split = answer("shoes", "correct", "last", "red=0.6", "blue=0.4", home=home)
    assert km_of(split) == pytest.approx(
        {"red": 100 + all_km - 0.4 * long_km, "blue": 0.4 * long_km}, abs=2e-3
    )
    now = runs_of(home)["2026-11-14"]
    assert now["shoe"] == "red"
    assert [(w["shoe"], w["share"], w["matched_by"]) for w in now["shoes"]] == [
        ("red", 0.6, "hand"),
        ("blue", 0.4, "hand"),
    ]
    borrowed = answer("shoes", "correct", long["id"][:8], "none", home=home)
    assert km_of(borrowed) == pytest.approx({"red": 100 + all_km - long_km, "blue": 0}, abs=2e-3)
    undone = answer("shoes", "correct", "last", "--undo", home=home)
    assert km_of(undone) == pytest.approx({"red": 100 + all_km, "blue": 0}, abs=2e-3)

    assert "sum to 1" in refused("correct", "last", "red=0.6", "blue=0.6", home=home)
    assert "has no share" in refused("correct", "last", "red", "blue", home=home)
    assert "no shoes 'green'" in refused("correct", "last", "green", home=home)
    assert "no activity 'zzz'" in refused("correct", "zzz", "red", home=home)


def test_rules_say_which_runs_and_show_says_which_rule(home: Path) -> None:
    runs = runs_of(home)
    far = [run for run in runs.values() if run["distance_m"] >= 15_000]
    assert 0 < len(far) < len(runs)
    rules = answer(
        "shoes", "rule", "add", "blue", "--from", "2026-11-01", "--min-distance", "15km", home=home
    )
    assert [(rule["id"], rule["shoe"], rule["min_distance_m"]) for rule in rules] == [
        (1, "red", None),
        (2, "blue", 15_000.0),
    ]
    blue = answer("shoes", "show", "blue", home=home)
    assert [(w["activity"], w["matched_by"]) for w in blue["worn"]] == [(run["id"], "rule 2") for run in far]
    text = kneewise("shoes", "show", "Blue", home=home).stdout
    assert "New (1 run, 21.1 km so far)" in text
    assert "rule 2" in text
    ended = answer("shoes", "rule", "remove", "2", "--on", "2026-10-31", home=home)  # before its first day
    assert ended[1]["to_day"] == "2026-10-31"
    assert km_of(answer("shoes", "list", home=home))["blue"] == 0
    assert "from 15.0 km" in kneewise("shoes", "rule", "list", home=home).stdout
    assert "no surface of a rule" in refused("rule", "add", "red", "--surface", "lava", home=home)
    assert "is before --from" in refused("rule", "add", "red", "--to", "2020-01-01", home=home)


def test_a_raised_limit_is_announced_when_it_is_reached_and_nothing_twice(home: Path) -> None:
    def alerts() -> list[str]:
        kneewise("sync", JONAS / "2026-11-14-long.fit.gz", home=home)
        return [a["stage"] for a in answer("alerts", home=home) if a["kind"] == "shoe"]

    (red, _) = answer("shoes", "edit", "red", "--limit", "120km", home=home)
    assert (red["stage"], red["due_on"]) == ("due", None)
    assert alerts() == ["due"]
    (red, _) = answer("shoes", "edit", "red", "--limit", "160km", "--name", "Old Red", home=home)
    assert (red["name"], red["stage"]) == ("Old Red", "warn")
    assert red["due_on"] is not None
    assert alerts() == ["due"]  # being close to a limit was told before
    answer("shoes", "retire", "red", home=home)
    answer("shoes", "unretire", "red", home=home)
    assert alerts() == ["due"]
    answer("shoes", "edit", "red", "--start", "130km", home=home)
    assert alerts() == ["due", "due"]  # the new limit
    assert alerts() == ["due", "due"]


def test_a_pair_brought_back_counts_from_its_day_on(home: Path) -> None:
    runs = runs_of(home)
    first, *others = sorted(runs)
    answer("shoes", "retire", "red", "--on", first, home=home)
    red, _ = answer("shoes", "unretire", "red", "--from", others[-1], home=home)
    kept = runs[first]["distance_m"] + runs[others[-1]]["distance_m"]
    assert red["distance_m"] == pytest.approx(100_000 + kept)
    assert red["retired_on"] is None
    assert "is not retired" in refused("unretire", "red", home=home)
    assert "nothing to change" in refused("edit", "red", home=home)
    assert "above 0" in refused("edit", "red", "--limit", "0km", home=home)
