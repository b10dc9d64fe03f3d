"""Browsers for tests that sign in for real: each with its cookies, sending forms as a page of ours would."""

from __future__ import annotations

import re
from typing import Any

from fastapi.testclient import TestClient
from httpx import Response

from pipelines.logbook import accounts, sessions
from pipelines.logbook.accounts import NewAccount
from pipelines.serving import passwords
from pipelines.serving.accounts import real_time
from pipelines.serving.reach import Reach
from reports.dashboard.app import App

PASSWORD = "seven old running shoes"


class Browser:
    """A browser on one app. ``send`` loads the page that has the form first, and so has its token."""

    def __init__(self, app: App, base_url: str = "http://127.0.0.1:8080") -> None:
        self.client = TestClient(app, base_url=base_url, follow_redirects=False)

    def get(self, path: str, **more: Any) -> Response:
        return self.client.get(path, **more)

    def token(self, page: str) -> str:
        found = re.search(r'name="csrf" value="(\w*)"', self.get(page).text)
        assert found, f"{page} has no form"
        return found.group(1)

    def send(self, path: str, page: str | None = None, **fields: str) -> Response:
        return self.client.post(path, data={"csrf": self.token(page or path), **fields})

    def sign_in(self, email: str, password: str = PASSWORD, next: str = "/") -> Response:
        return self.send("/login", email=email, password=password, next=next)


def add_account(reach: Reach, name: str, **more: Any) -> int:
    """An account ``name@example.org`` whose password is PASSWORD."""
    hashed = passwords.hashed(PASSWORD)
    with reach.logbook.engine.begin() as db:
        return accounts.add(db, NewAccount(name, f"{name}@example.org", hashed, **more), real_time())


def session_of(reach: Reach, account: int) -> str:
    """A session without the door, where a test is about something else."""
    with reach.logbook.engine.begin() as db:
        return sessions.start(db, account, real_time())
