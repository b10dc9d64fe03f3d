"""``kneewise benchmark lovdal`` as a user runs it, on invented files of the public data set's shape."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from pipelines_cli import PROJECT, answer, kneewise

from models.lovdal_benchmark import Effort, evaluate
from pipelines.commands.benchmarking import show
from pipelines.public_data import lovdal_tables

sys.path.insert(0, str(PROJECT / "tests" / "models"))

import lovdal_files


def test_the_day_and_the_week_file_are_found_by_name(tmp_path: Path) -> None:
    made = lovdal_files.table("day"), lovdal_files.table("week")
    lovdal_files.write(tmp_path, made[1])
    assert [table.approach for table in lovdal_tables(tmp_path)] == ["week"]
    lovdal_files.write(tmp_path, made[0])
    for written, read in zip(made, lovdal_tables(tmp_path), strict=True):
        assert read.approach == written.approach
        assert np.allclose(read.values, written.values, rtol=1e-4)
        assert np.array_equal(read.athlete, written.athlete)
        assert np.array_equal(read.day, written.day)
        assert np.array_equal(read.injury, written.injury)


@pytest.mark.slow
def test_a_file_is_judged_and_probed_and_nothing_is_stored(tmp_path: Path) -> None:
    lovdal_files.write(tmp_path, lovdal_files.table("week", athletes=24, days=100, injuries_a_day=0.02))
    (found,) = answer("benchmark", "lovdal", tmp_path, "--quick", home=tmp_path / "home")
    assert (found["approach"], found["published_auc"], found["athletes"]) == ("week", 0.678, 24)
    assert set(found["paper"]["auc"]) == {"value", "low", "high"}
    caught = {(of, finding["probe"]) for of, finding in found["findings"] if finding["caught"]}
    assert {("data", "date gap"), ("paper", "future normalisation")} <= caught
    assert not (tmp_path / "home").exists()


def test_it_is_told_as_tables(capsys: pytest.CaptureFixture[str]) -> None:
    made = lovdal_files.table("week", athletes=24, days=100, injuries_a_day=0.02)
    show(evaluate(made, Effort(bags=1, repeats=1, rounds=2), 1, lambda what: None))
    told = capsys.readouterr().out
    assert "Published area under the curve: 0.678." in told
    assert "clean protocol, logistic" in told
    assert "CAUGHT" in told
    assert "scikit-learn" in told  # not the paper's XGBoost
    assert max(map(len, told.splitlines())) <= 200


def test_a_folder_without_the_files_says_what_to_download_from_where(tmp_path: Path) -> None:
    done = kneewise("benchmark", "lovdal", tmp_path, home=tmp_path / "home")
    assert done.returncode == 1
    assert "day_approach_maskedID_timeseries.csv" in done.stderr
    assert "week_approach_maskedID_timeseries.csv" in done.stderr
    assert "https://doi.org/10.34894/UWU9PV" in done.stderr


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it has no rows"),
        ("a,b\n", "it has no rows"),
        ("a,b\n1,2\n", "it has no column 'nr. sessions'"),
        ("a,b\n1,dog\n", "could not convert string 'dog'"),
        ("a\tb\n1\t2\n", "cannot be used"),
    ],
)
def test_a_file_that_is_not_the_data_set_is_named_with_the_reason(
    tmp_path: Path, text: str, why: str
) -> None:
    (tmp_path / "day_approach_maskedID_timeseries.csv").write_text(text)
    done = kneewise("benchmark", "lovdal", tmp_path, home=tmp_path / "home")
    assert done.returncode == 1
    assert why in done.stderr
    assert "day_approach_maskedID_timeseries.csv cannot be used" in done.stderr
    assert done.stderr.count("\n") == 1
