"""An athlete shares, changes and ends it in the browser; a coach accepts; who looked is told."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient
from signing_in import Browser, add_account
from viewers import JONAS, MARA, coach_of_mara

from pipelines.logbook import consents
from pipelines.serving.reach import Reach
from pipelines.serving.store import ServedStore
from reports.dashboard.app import create_app
from reports.dashboard.site import Site
from reports.dashboard.viewer import Scope, Viewer

CLEO = Viewer(3, "Cleo <b>", is_coach=True)
DAN = Viewer(4, "Dan")


def link_on(page: str) -> str:
    found = re.search(r"http://testserver(/share/[\w-]{30,})", page)
    assert found, page
    return found.group(1)


def shared(reach: Reach, coach: Viewer = CLEO) -> dict[str, frozenset[Scope]]:
    return dict(consents.scopes_of_coach(reach.logbook, coach.account, reach.settings.now()))


def a_link(client: TestClient, *scopes: str, **more: str) -> str:
    return link_on(client.post("/a/mara/sharing/link", data={"scope": list(scopes), **more}).text)


def test_a_link_shares_once_a_coach_accepts_and_not_before(client_as, reach) -> None:
    link = a_link(client_as(MARA), "training", "pain")
    assert shared(reach) == {}
    page = client_as(CLEO).get(link).text
    assert "Mara Lind wants to share with you" in page
    assert "Not shared: body, places." in page
    answer = client_as(CLEO).post(link, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/coach?new=mara")
    assert shared(reach) == {"mara": frozenset({Scope.TRAINING, Scope.PAIN})}
    told = client_as(MARA).get("/a/mara/sharing").text
    assert "Cleo &lt;b&gt; accepted your link and sees training and pain" in told
    assert link not in told


def test_a_used_link_and_an_invented_one_look_the_same(client_as) -> None:
    link = a_link(client_as(MARA), "training")
    client_as(CLEO).post(link)
    for path in (link, "/share/" + "x" * 32):
        answer = client_as(CLEO).get(path)
        assert (answer.status_code, "This link opens nothing" in answer.text) == (404, True)
        assert client_as(CLEO).post(path).status_code == 422


def test_only_a_coach_accepts_and_nobody_their_own(client_as, reach) -> None:
    link = a_link(client_as(MARA), "training")
    assert "is not a coach’s" in client_as(DAN).get(link).text
    assert client_as(DAN).post(link).status_code == 422
    herself = Viewer(1, "Mara Lind", athlete="mara", is_coach=True)
    assert "This is your own link" in client_as(herself).post(link).text
    assert client_as(None).get(link, follow_redirects=False).status_code == 303
    assert shared(reach, DAN) == shared(reach, herself) == {}


def test_what_is_shared_is_changed_and_ended_at_once(client_as, reach) -> None:
    mara = client_as(MARA)
    client_as(CLEO).post(a_link(mara, "training"))
    mara.post("/a/mara/sharing/change", data={"number": "3", "scope": ["training", "body"]})
    assert shared(reach) == {"mara": frozenset({Scope.TRAINING, Scope.BODY})}
    page = mara.get("/a/mara/sharing").text
    assert 'value="body" checked' in page
    mara.post("/a/mara/sharing/end", data={"number": "3"})
    assert shared(reach) == {}
    page = mara.get("/a/mara/sharing").text
    assert "No coach sees anything of you." in page
    assert (
        page.index("you ended it")
        < page.index("sees from then on training and body")
        < page.index("accepted")
    )
    again = mara.post("/a/mara/sharing/end", data={"number": "3"})
    assert (again.status_code, "no access now" in again.text) == (422, True)


def test_sharing_that_ends_by_itself_says_when(client_as, reach) -> None:
    mara = client_as(MARA)
    client_as(CLEO).post(a_link(mara, "training", last_day="2026-12-31"))
    assert "until 31 December" in mara.get("/a/mara/sharing").text
    for wrong, said in (("2026-11-15", "over already"), ("soon", "a date like")):
        answer = mara.post("/a/mara/sharing/link", data={"scope": "training", "last_day": wrong})
        assert (answer.status_code, said in answer.text) == (422, True)
    assert "choose at least one" in mara.post("/a/mara/sharing/link").text.lower()


def test_a_link_is_taken_back(client_as) -> None:
    mara = client_as(MARA)
    link = a_link(mara, "training")
    number = re.search(r'name="number" value="(\d+)"', mara.get("/a/mara/sharing").text)
    assert number
    client_as(JONAS).post("/a/jonas/sharing/link/back", data={"number": number.group(1)})
    assert client_as(CLEO).get(link).status_code == 200
    mara.post("/a/mara/sharing/link/back", data={"number": number.group(1)})
    assert client_as(CLEO).get(link).status_code == 404


def test_a_coach_gives_access_back(client_as, reach) -> None:
    client_as(CLEO).post(a_link(client_as(MARA), "training"))
    holding = Viewer(3, "Cleo", is_coach=True, shared=shared(reach))
    client_as(holding).post("/a/mara/give-back", follow_redirects=False)
    assert shared(reach) == {}
    assert "they gave it back" in client_as(MARA).get("/a/mara/sharing").text


def test_who_looked_at_what_is_told_and_a_refused_look_is_none(client_as, reach) -> None:
    coach = coach_of_mara(Scope.TRAINING)
    client_as(coach).get("/coach")
    client_as(coach).get("/a/mara/shoes")
    assert client_as(coach).get("/a/mara/pain").status_code == 404
    page = client_as(MARA).get("/a/mara/access-log").text
    assert "the list of their athletes and your shoes" in page
    assert "pain log" not in page
    assert "Nobody looked" in client_as(JONAS).get("/a/jonas/access-log").text
    client_as(MARA).get("/a/mara/shoes")
    assert client_as(MARA).get("/a/mara/access-log").text.count("Cleo") == 1  # the athlete is no look


@pytest.mark.parametrize(
    "path", ["sharing/link", "sharing/link/back", "sharing/change", "sharing/end", "give-back"]
)
def test_nobody_shares_for_somebody_else(client_as, reach, path: str) -> None:
    for viewer in (JONAS, DAN, CLEO):
        assert client_as(viewer).post(f"/a/mara/{path}", data={"number": "3"}).status_code == 404
    assert client_as(None).post(f"/a/mara/{path}").status_code == 401


def test_a_signed_in_coach_sees_it_with_the_next_request_and_not_after_the_end(
    reach: Reach, store: ServedStore
) -> None:
    app = create_app(store, site=Site())
    cleo = add_account(reach, "cleo", is_coach=True)
    add_account(reach, "mara", athlete="mara")
    mara_browser, cleo_browser = Browser(app), Browser(app)
    mara_browser.sign_in("mara@example.org")
    cleo_browser.sign_in("cleo@example.org")
    assert cleo_browser.get("/a/mara").status_code == 404
    answer = mara_browser.send("/a/mara/sharing/link", "/a/mara/sharing", scope="training")
    found = re.search(r"/share/[\w-]{30,}", answer.text)
    assert found
    assert cleo_browser.send(found.group()).status_code == 303
    assert cleo_browser.get("/a/mara").status_code == 200
    mara_browser.send("/a/mara/sharing/end", "/a/mara/sharing", number=str(cleo))
    assert cleo_browser.get("/a/mara").status_code == 404
