"""Who may have a route: decided in one place, from what the route says it needs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import Request
from fastapi.responses import PlainTextResponse
from fastapi.testclient import TestClient

from reports.dashboard.access import ADMIN, ANYONE, COACH, COACH_OF, OWNER, SIGNED_IN, Need, reader
from reports.dashboard.app import create_app
from reports.dashboard.pages import Pages
from reports.dashboard.routes import ALL
from reports.dashboard.store import Health
from reports.dashboard.viewer import Scope, Viewer

ADA = Viewer(1, "Ada", athlete="ada")
COACH_OF_ADA = Viewer(2, "Cleo", is_coach=True, shared={"ada": frozenset({Scope.TRAINING})})
ADMIN_ALONE = Viewer(3, "Root", is_admin=True)
NEEDS: dict[str, Need] = {
    "/anyone": ANYONE,
    "/signed-in": SIGNED_IN,
    "/coach-only": COACH,
    "/coach-of/{athlete}": COACH_OF,
    "/admin-only": ADMIN,
    "/a/{athlete}/own": OWNER,
    "/a/{athlete}/training": reader(Scope.TRAINING),
    "/a/{athlete}/pain": reader(Scope.PAIN),
}


class NobodyNotes:
    def looked(self, *_: object) -> None:
        """Who looks is noted elsewhere."""


class NoStore:
    sharing = NobodyNotes()

    def viewer(self, session_token: str | None) -> Viewer | None:
        return None

    def state(self) -> str:
        return ""

    def health(self) -> Health:
        return Health.READABLE


@pytest.fixture
def pages() -> Iterator[Pages]:
    made = Pages()
    for path, need in NEEDS.items():

        def endpoint(request: Request) -> PlainTextResponse:
            return PlainTextResponse("seen")

        made.show(path, need)(endpoint)
    yield made


@pytest.mark.parametrize(
    ("viewer", "path", "status"),
    [
        (None, "/anyone", 200),
        (None, "/signed-in", 303),
        (None, "/a/ada/training", 303),
        (ADA, "/signed-in", 200),
        (ADA, "/a/ada/own", 200),
        (ADA, "/a/ada/pain", 200),
        (ADA, "/a/bo/training", 404),
        (ADA, "/coach-only", 404),
        (COACH_OF_ADA, "/a/ada/training", 200),
        (COACH_OF_ADA, "/a/ada/pain", 404),
        (COACH_OF_ADA, "/a/ada/own", 404),
        (COACH_OF_ADA, "/coach-only", 200),
        (COACH_OF_ADA, "/coach-of/ada", 200),
        (COACH_OF_ADA, "/coach-of/bo", 404),
        (ADA, "/coach-of/ada", 404),
        (ADMIN_ALONE, "/coach-of/ada", 404),
        (ADMIN_ALONE, "/admin-only", 200),
        (ADMIN_ALONE, "/a/ada/training", 404),
    ],
)
def test_a_viewer_sees_what_the_need_says(
    pages: Pages, viewer: Viewer | None, path: str, status: int
) -> None:
    client = TestClient(create_app(NoStore(), lambda _: viewer, [pages]))
    assert client.get(path, follow_redirects=False).status_code == status


def test_a_route_without_a_need_is_refused_when_the_app_is_made() -> None:
    careless = Pages()
    careless.add_api_route("/open", lambda: "anybody")
    with pytest.raises(LookupError, match="does not say who may have it"):
        create_app(NoStore(), lambda _: None, [careless])


def test_no_two_routes_answer_to_the_same_address() -> None:
    addresses = [(method, route.path) for pages in ALL for route in pages.routes for method in route.methods]
    assert sorted(addresses) == sorted(set(addresses))
