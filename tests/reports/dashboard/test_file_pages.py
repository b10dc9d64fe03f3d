"""Files in the browser: what became of each and why, decisions with undo, uploads followed to their outcome."""

from __future__ import annotations

from pathlib import Path

from viewers import JONAS, MARA, coach_of_mara

from pipelines.serving.catching_up import catch_up
from pipelines.warehouse import reading
from reports.dashboard.viewer import Scope

SAMPLES = Path(__file__).resolve().parents[3] / "data_samples"


def outcome_of(reach, name: str) -> dict[str, object]:
    with reach.published.reading() as db:
        rows = reading.rows(db, "files", {"athlete": "mara", "outcome": None})
    return next(row for row in rows if row["path"].endswith(name))


def test_every_file_is_there_with_its_outcome_and_reason(client_as, reach) -> None:
    pages = [client_as(MARA).get(f"/a/mara/data?page={n}").text for n in (1, 2, 3)]
    assert ">Imported " in pages[0]
    named = "".join(pages)
    for name in (path.name for path in (SAMPLES / "mara").iterdir()):
        assert named.count(f"<b>{name}</b>") == 1, name
    rejected = client_as(MARA).get("/a/mara/data?outcome=rejected")
    assert rejected.status_code == 200
    assert client_as(MARA).get("/a/mara/data?outcome=lost").status_code == 404


def test_a_file_left_out_counts_no_more_and_can_be_brought_back(client_as, reach) -> None:
    client = client_as(MARA)
    row = outcome_of(reach, "2026-11-10-easy.fit.gz")
    sent = {"content": row["content_sha256"], "decision": "reject"}
    page = client.post("/a/mara/data/decide", data=sent).text
    catch_up(reach.settings)
    assert outcome_of(reach, "2026-11-10-easy.fit.gz")["activity_ids"] == []
    page = client.get("/a/mara/data").text
    assert "You left it out." in page
    client.post("/a/mara/data/decide", data={"content": row["content_sha256"], "decision": "accept"})
    catch_up(reach.settings)
    assert outcome_of(reach, "2026-11-10-easy.fit.gz")["activity_ids"] == row["activity_ids"]


def test_what_is_not_there_or_not_mine_cannot_be_decided(client_as, reach) -> None:
    content = outcome_of(reach, "2026-11-10-easy.fit.gz")["content_sha256"]
    for client, path in (
        (client_as(JONAS), "/a/jonas/data/decide"),
        (client_as(MARA), "/a/mara/data/decide"),
    ):
        wanted = content if "jonas" in path else "0" * 64
        answer = client.post(path, data={"content": wanted, "decision": "reject"})
        assert answer.status_code == 422
        assert "There is no such file." in answer.text
    assert client_as(coach_of_mara(*Scope)).get("/a/mara/data").status_code == 404


def test_an_upload_is_followed_from_waiting_to_its_outcome(client_as, reach) -> None:
    client = client_as(MARA)
    content = (SAMPLES / "jonas" / "2026-05-09-long.fit").read_bytes()
    sent = [("file", ("../<b>new</b>.fit", content)), ("file", ("notes.txt", b"milk"))]
    page = client.post("/a/mara/upload", files=sent)
    assert page.history[0].status_code == 303
    assert ">Look again</a>" in page.text
    assert "2 waiting" in page.text
    assert "&lt;b&gt;new&lt;/b&gt;.fit" not in page.text  # such letters are no part of a stored name
    catch_up(reach.settings)
    page = client.get(page.url.path)
    assert ">Look again</a>" not in page.text
    assert "1 file imported" in page.text
    assert "Not a workout" in page.text
    assert page.url.path.rsplit("/", 1)[1] in client.get("/a/mara/data").text
    assert client_as(JONAS).get(page.url.path).status_code == 404


def test_an_upload_without_a_file_says_so(client_as) -> None:
    answer = client_as(MARA).post("/a/mara/upload", files=[("file", ("", b""))])
    assert answer.status_code == 422
    assert "No file was chosen." in answer.text


def test_a_workout_recorded_twice_can_be_taken_apart_and_merged_again(client_as, reach) -> None:
    client = client_as(MARA)
    again = (SAMPLES / "mara" / "2026-05-19-easy.gpx").read_bytes() + b"<!-- from another service -->"
    client.post("/a/mara/upload", files=[("file", ("copy.gpx", again))])
    catch_up(reach.settings)
    with reach.published.reading() as db:
        doubled = reading.rows(db, "doubled_workouts", {"athlete": "mara"})
    merged = next(row for row in doubled if not row["kept_apart"])
    sent = {"activity": merged["activity"], "apart": "yes"}
    client.post("/a/mara/data/apart", data=sent)
    catch_up(reach.settings)
    page = client.get("/a/mara/data").text
    assert page.count("Let them merge again") == len(merged["recordings"]) == 2
    client.post("/a/mara/data/apart", data=sent | {"apart": "no"})
    catch_up(reach.settings)
    with reach.published.reading() as db:
        assert reading.rows(db, "doubled_workouts", {"athlete": "mara"}) == doubled
