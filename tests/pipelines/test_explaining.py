"""``kneewise features`` and ``kneewise evidence``: each number can be followed to its paper, and each paper to its use."""

from __future__ import annotations

from pathlib import Path

from pipelines_cli import answer, kneewise

from features import catalog, evidence


def test_one_feature_is_told_with_its_evidence_and_its_sql(tmp_path: Path) -> None:
    told = kneewise("features", "knee_spike_7d", home=tmp_path).stdout
    assert told.startswith("knee_spike_7d (per day, ratio)\n")
    assert "Unknown when: no session" in told
    assert "Evidence: spike_window_days = 30 d" in told
    assert "https://doi.org/10.1136/bjsports-2024-109380" in told
    assert told.endswith("max(knee_ratio) over last_7_days\n")


def test_everything_that_is_measured_is_listed(tmp_path: Path) -> None:
    listed = answer("features", home=tmp_path)
    every = (*catalog.per_day(), *catalog.per_shoe(), *catalog.per_activity(), *catalog.views())
    assert [told["name"] for told in listed] == [thing.name for thing in every]
    assert {tuple(told) for told in listed} == {
        ("kind", "unit", "unknown_when", "source", "evidence", "sql", "name", "meaning")
    }
    assert "warm_up " in kneewise("features", home=tmp_path).stdout


def test_one_number_is_told_with_its_interval_source_and_use(tmp_path: Path) -> None:
    told = kneewise("evidence", "spike_large_hrr", home=tmp_path).stdout
    assert told.startswith("spike_large_hrr = 2.28 (1.5–3.48) hazard rate ratio\n")
    assert "https://doi.org/10.1136/bjsports-2024-109380" in told
    assert "Checked: primary, 2026-11-22" in told
    assert "Used in: " in told and "models/evidence_model.py" in told


def test_every_number_is_listed_with_stable_keys(tmp_path: Path) -> None:
    listed = answer("evidence", home=tmp_path)
    assert [told["name"] for told in listed] == [entry.name for entry in evidence.entries()]
    one = answer("evidence", "shoe_limit_m", home=tmp_path)
    assert (one["value"], one["low"], one["doi"]) == (600_000, None, None)
    assert "features/views/shoe_use.sql" in one["used_in"]
    assert "600000 m" in kneewise("evidence", home=tmp_path).stdout


def test_a_name_that_is_not_there_suggests_the_near_ones(tmp_path: Path) -> None:
    done = kneewise("features", "knee_spike", home=tmp_path)
    assert done.returncode != 0
    assert done.stderr.startswith("kneewise: no feature is called 'knee_spike'. Did you mean knee_spike_7d")
    assert "no evidence is called 'xyz'" in kneewise("evidence", "xyz", home=tmp_path).stderr
