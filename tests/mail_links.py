"""The links of a mail as whoever opens it follows them: in a browser without any cookie, or by one click."""

from __future__ import annotations

from fastapi.testclient import TestClient
from httpx import Response

from pipelines.serving.reach import Reach
from pipelines.serving.store import ServedStore
from pipelines.steps import Home
from pipelines.warehouse.published import Published
from reports.dashboard.app import create_app
from reports.dashboard.site import Site


def pages(home: Home) -> TestClient:
    store = ServedStore(Reach(home, Published(home.settings.published_path)))
    return TestClient(create_app(store, site=Site("https://knee.example.org")), "https://knee.example.org")


def press(browser: TestClient, token: str) -> Response:
    """As a mail program does for whoever unsubscribes with one click."""
    return browser.post(f"/links/{token}", data={"List-Unsubscribe": "One-Click"})
