"""The admin's page of jobs, on the real store: what ran, what waits, what failed."""

from __future__ import annotations

import pytest
from viewers import ClientAs
from web_people import ADMIN, MARA

from pipelines.errors import KneewiseError
from pipelines.jobs import recorded
from pipelines.serving.reach import Reach
from reports.jobs import SYNC


def test_an_admin_sees_what_ran_last_and_that_all_is_well(client_as: ClientAs) -> None:
    page = client_as(ADMIN).get("/admin/jobs").text
    assert "All is well." in page
    for name in ("Read new files", "Assess everyone", "Publish to the pages"):
        assert name in page


def test_a_failure_is_on_top_and_below_with_its_reason(client_as: ClientAs, reach: Reach) -> None:
    with pytest.raises(KneewiseError), recorded(reach.home, SYNC):
        raise KneewiseError("the disk is full. Make room.")
    page = client_as(ADMIN).get("/admin/jobs").text
    assert "Failed the last time: read new files." in page
    assert "the disk is full. Make room." in page


def test_nobody_else_sees_the_jobs(client_as: ClientAs) -> None:
    assert client_as(MARA).get("/admin/jobs").status_code == 404
