"""A data folder of an earlier version: nothing is lost, and the way on is said."""

from __future__ import annotations

from pathlib import Path

import duckdb
from pipelines_cli import PROJECT, answer, kneewise

RUN = PROJECT / "data_samples" / "jonas" / "2026-11-14-long.fit.gz"


def made_old(published: Path) -> None:
    """As the first version left it: one migration done, and none of the later tables."""
    with duckdb.connect(published) as db:
        db.execute("delete from schema_version where number > 1")
        db.execute("drop table stream_measure")


def test_a_published_copy_of_an_earlier_version_is_made_anew(tmp_path: Path) -> None:
    assert kneewise("sync", RUN, home=tmp_path).returncode == 0
    before = answer("activities", home=tmp_path)
    made_old(tmp_path / "published.duckdb")
    refused = kneewise("activities", home=tmp_path)
    assert refused.returncode != 0
    assert "earlier version" in refused.stderr
    assert "kneewise status" in refused.stderr
    assert kneewise("status", home=tmp_path).returncode == 0
    assert answer("activities", home=tmp_path) == before
