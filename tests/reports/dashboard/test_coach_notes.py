"""A coach's notes: the coach's alone, or for the athlete too; nobody else reads them, and nothing in them runs."""

from __future__ import annotations

from viewers import ClientAs
from web_people import ADMIN, JONAS, MARA, coach

from reports.dashboard.viewer import Scope, Viewer

CLEO = coach(mara={Scope.TRAINING})
DAN = Viewer(8, "Dan", is_coach=True, shared={"mara": frozenset({Scope.PAIN})})


def written(client_as: ClientAs, text: str, shared: str) -> None:
    answer = client_as(CLEO).post(
        "/coach/notes/mara", data={"text": text, "shared": shared}, follow_redirects=False
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/coach/notes/mara")


def test_a_note_is_read_by_its_coach_alone_unless_it_is_shared(client_as: ClientAs) -> None:
    written(client_as, "Worried about her exams.", "no")
    written(client_as, "Well done on Sunday.", "yes")
    own = client_as(CLEO).get("/coach/notes/mara").text
    assert own.index("Well done on Sunday.") < own.index("Worried about her exams.")
    hers = client_as(MARA).get("/a/mara/notes").text
    assert "Well done on Sunday." in hers
    assert "exams" not in hers
    assert "Well done" not in client_as(DAN).get("/coach/notes/mara").text
    for viewer, path in ((JONAS, "/a/mara/notes"), (ADMIN, "/a/mara/notes"), (JONAS, "/coach/notes/mara")):
        assert client_as(viewer).get(path).status_code == 404
    assert client_as(coach()).get("/coach/notes/mara").status_code == 404


def test_only_its_coach_removes_a_note(client_as: ClientAs) -> None:
    written(client_as, "Stays.", "no")
    client_as(DAN).post("/coach/notes/mara/1/remove")
    assert "Stays." in client_as(CLEO).get("/coach/notes/mara").text
    client_as(CLEO).post("/coach/notes/mara/1/remove")
    assert "Stays." not in client_as(CLEO).get("/coach/notes/mara").text


def test_what_is_written_is_words_and_nothing_else(client_as: ClientAs) -> None:
    written(client_as, "<script>alert(1)</script>\nsecond line", "yes")
    for viewer, path in ((CLEO, "/coach/notes/mara"), (MARA, "/a/mara/notes")):
        page = client_as(viewer).get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<p>second line</p>" in page


def test_a_note_of_nothing_or_of_a_book_is_refused_in_words(client_as: ClientAs) -> None:
    empty = client_as(CLEO).post("/coach/notes/mara", data={"text": "  "})
    assert (empty.status_code, "at least a word" in empty.text) == (422, True)
    long = client_as(CLEO).post("/coach/notes/mara", data={"text": "x" * 4001})
    assert (long.status_code, "at most 4,000 characters" in long.text) == (422, True)
