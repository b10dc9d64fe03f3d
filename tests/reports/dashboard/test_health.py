"""Health says whether the pages' data can be read, and nothing of it."""

from __future__ import annotations

from datetime import timedelta

from viewers import ClientAs

from pipelines.serving.reach import Reach
from pipelines.up import standing
from pipelines.up.standing import Standing


def test_what_can_be_read_is_healthy(client_as: ClientAs) -> None:
    answer = client_as(None).get("/health")
    assert (answer.status_code, answer.json()) == (200, {"alive": True, "published": "readable"})


def test_a_damaged_copy_is_not(client_as: ClientAs, reach: Reach) -> None:
    reach.settings.published_path.write_bytes(b"not a database at all" * 500)
    answer = client_as(None).get("/health")
    assert (answer.status_code, answer.json()) == (503, {"alive": True, "published": "unreadable"})


def test_it_tells_which_duties_are_behind_where_any_are_done(client_as: ClientAs, reach: Reach) -> None:
    now = reach.settings.now()
    late = {"outbox": now - timedelta(minutes=16)}
    for failing, behind, status in (({}, [], 200), (late, ["outbox"], 503)):
        standing.write(reach.settings.standing_path, Standing(now, ("inbox", "outbox"), failing))
        answer = client_as(None).get("/health")
        assert (answer.status_code, answer.json()) == (
            status,
            {"alive": True, "published": "readable", "behind": behind},
        )
