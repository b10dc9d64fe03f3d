"""Every route, asked for by everybody there is, over the real store: who gets in is what ``permissions`` says.

Everybody signs in for real; forms carry their token, so what refuses is the question who may.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx import Response
from permissions import (
    ADMIN,
    ANONYMOUS,
    ANYONE,
    BODY,
    COACH_OF_NOBODY,
    JONAS,
    MARA,
    PAIN,
    POSITIONS,
    READ_TOKEN,
    ROWS,
    TRAINING,
    UPLOAD_TOKEN,
)
from signing_in import session_of

from pipelines import settings
from pipelines.logbook import accounts, consents, share_offers, shoes, tokens
from pipelines.logbook.accounts import NewAccount
from pipelines.logbook.consents import Consent
from pipelines.serving import passwords, uploads
from pipelines.serving.accounts import real_time
from pipelines.serving.reach import Reach, reaching
from pipelines.serving.store import ServedStore
from reports.dashboard import forgery
from reports.dashboard.app import create_app
from reports.dashboard.routes import ALL
from reports.dashboard.site import Site
from reports.dashboard.viewer import Scope

ROUTES = [
    f"{method} {cast(APIRoute, route).path}"
    for pages in ALL
    for route in pages.routes
    for method in sorted(cast(APIRoute, route).methods)
]
ACCOUNTS: dict[str, NewAccount] = {
    MARA: NewAccount("Mara", "mara@example.org", "-", athlete="mara"),
    JONAS: NewAccount("Jonas", "jonas@example.org", "-", athlete="jonas"),
    ADMIN: NewAccount("Root", "root@example.org", "-", is_admin=True),
    COACH_OF_NOBODY: NewAccount("Nemo", "nemo@example.org", "-", is_coach=True),
    TRAINING: NewAccount("Tara", "tara@example.org", "-", is_coach=True),
    PAIN: NewAccount("Pia", "pia@example.org", "-", is_coach=True),
    BODY: NewAccount("Bob", "bob@example.org", "-", is_coach=True),
    POSITIONS: NewAccount("Pos", "pos@example.org", "-", is_coach=True),
    "victim": NewAccount("Vic", "vic@example.org", "-"),
}
SPENT = {"code": "spent"}  # an offer is looked at by everybody, and taken by nobody
GIVEN = {TRAINING: Scope.TRAINING, PAIN: Scope.PAIN, BODY: Scope.BODY, POSITIONS: Scope.POSITIONS}


@dataclass(frozen=True)
class Everybody:
    """Who may ask: accounts by name, tokens; and what stands in the paths that they ask for."""

    reach: Reach
    client: TestClient
    numbers: Mapping[str, int]
    tokens: Mapping[str, str]
    fillings: Mapping[str, str]

    def ask(self, who: str, route: str, **fields: str) -> Response:
        method, _, path = route.partition(" ")
        self.client.cookies.clear()
        headers = {}
        if who in self.tokens:
            headers["authorization"] = f"Bearer {self.tokens[who]}"
        session = session_of(self.reach, self.numbers[who]) if who in self.numbers else None
        if session is not None:
            self.client.cookies.set("kneewise_session", session)
        elif method == "POST":
            self.client.cookies.set("kneewise_form", "f" * 43)
        headers["x-csrf"] = forgery.token_for(session or "f" * 43)
        filled = path.format_map({**self.fillings, **(SPENT if method == "POST" else {})})
        return self.client.request(method, filled, headers=headers, data=fields or None)

    def share_anew(self) -> None:
        """Each coach has their one scope, whatever the routes before did to it."""
        with self.reach.logbook.engine.begin() as db:
            for who, scope in GIVEN.items():
                now, given = self.reach.settings.now(), frozenset({scope})
                consents.add(db, Consent("mara", self.numbers[who], who, "accepted", given, None, now, None))


@pytest.fixture(scope="module")
def everybody(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everybody]:
    folder = tmp_path_factory.mktemp("everybody") / "home"
    shutil.copytree(sample_home, folder)
    with reaching(settings.load(folder)) as reach:
        now, hashed = reach.settings.now(), passwords.hashed("the same for all")
        with reach.logbook.engine.begin() as db:
            numbers = {
                who: accounts.add(db, replace(new, password_hash=hashed), real_time())
                for who, new in ACCOUNTS.items()
            }
        with reach.published.reading() as db:
            found = db.execute(
                "select id from activity where athlete = 'mara' order by started_at"
            ).fetchone()
        fillings = {
            "athlete": "mara",
            "activity": str(found[0]) if found else "",
            "shoe": shoes.shoes(reach.logbook, "mara")[0].id,
            "week": "2026-W45",
            "token": "nobody-has-this-one",
            "number": "1",
            "account": str(numbers["victim"]),
            "code": share_offers.offer(reach.logbook, "mara", [Scope.TRAINING], now),
            "receipt": uploads.receive(reach.settings, "mara", [("run.fit", io.BytesIO(b"no workout"))]),
        }
        held = {
            f"{kind} token of mara": tokens.make(reach.logbook, "mara", kind, "test", now, None)
            for kind in tokens.KINDS
        }
        client = TestClient(
            create_app(ServedStore(reach), site=Site()), "http://127.0.0.1:8080", follow_redirects=False
        )
        yield Everybody(reach, client, numbers, held, fillings)


def gets_in(answer: Response) -> bool:
    """Whether the guard let it pass: whatever the page then says of what was sent. Asks again to sign in = no."""
    sent_away = answer.status_code == 303 and answer.headers["location"].startswith("/login?")
    return not sent_away and answer.status_code not in (401, 403, 404, 405)


@pytest.mark.parametrize("route", ROUTES)
def test_a_route_lets_in_whom_it_should_and_nobody_else(route: str, everybody: Everybody) -> None:
    if route not in ROWS:
        pytest.fail(
            f'Say who may have "{route}": add a row to ROWS in tests/reports/dashboard/permissions.py, like '
            f'"{route}": {{MARA, TRAINING}}. If its path has a new part, say what stands for it in '
            "``fillings`` of tests/reports/dashboard/test_permissions.py."
        )
    everybody.share_anew()
    let_in = {who for who in sorted(ANYONE) if gets_in(everybody.ask(who, route))}
    assert let_in == ROWS[route]


def test_no_row_is_left_of_a_route_that_is_gone() -> None:
    assert set(ROWS) <= set(ROUTES)


@pytest.mark.parametrize("route", [r for r in ROUTES if "{athlete}" in r and "/api/" not in r])
def test_what_is_not_shared_looks_the_same_as_what_does_not_exist(route: str, everybody: Everybody) -> None:
    for who in (JONAS, ADMIN, COACH_OF_NOBODY):
        of_mara = everybody.ask(who, route)
        of_nobody = everybody.ask(who, route.replace("{athlete}", "nobody"))
        assert (of_mara.status_code, of_nobody.status_code) == (404, 404)
        assert without_token(of_mara.text).replace("mara", "nobody") == without_token(of_nobody.text)


def without_token(page: str) -> str:
    """Two sessions have two form tokens."""
    start, found, rest = page.partition('name="csrf" value="')
    return start + found + rest[64:] if found else page


def test_an_anonymous_visitor_is_sent_to_sign_in_and_back(everybody: Everybody) -> None:
    answer = everybody.ask(ANONYMOUS, "GET /a/{athlete}/pain")
    assert answer.headers["location"] == "/login?next=%2Fa%2Fmara%2Fpain"
    assert everybody.ask(UPLOAD_TOKEN, "GET /api/athletes/{athlete}/week").status_code == 404
    assert everybody.ask(READ_TOKEN, "GET /api/athletes/jonas/week").status_code == 404
