"""Apprise for real, to a small HTTP server: what arrives, what is said of a no, and that no secret leaks."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from told_home import ADA, NOON, a_notice, told_home

from pipelines.channels import addresses, push
from pipelines.errors import KneewiseError
from pipelines.logbook import deliveries, outbox, telling
from pipelines.telling.sending import Sent, send_due

SECRET = "open-sesame-4711"


@dataclass
class Service:
    status: int = 200
    taken: list[dict[str, Any]] = field(default_factory=list)
    port: int = 0


@contextmanager
def service() -> Iterator[Service]:
    """Takes what Apprise's json:// sends."""
    made = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            made.taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(made.status)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        made.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield made
        server.shutdown()


def test_an_alert_reaches_a_service_as_text(tmp_path: Path) -> None:
    with (
        service() as taken,
        told_home(tmp_path, address=f"json://127.0.0.1:{taken.port}/{SECRET}") as (home, _),
    ):
        outbox.tell(home.logbook, ADA, [a_notice()], NOON)
        assert send_due(home) == Sent(sent=1)
        (delivery,) = deliveries.newest(home.logbook, None, 9)
        assert delivery.label == "json://…"
    (message,) = taken.taken
    assert message["title"] == "Kneewise: 1 alert for Ada Berg"
    assert "The red pair: warn." in message["message"]


def test_an_address_may_be_kept_in_the_environment_or_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with service() as taken, told_home(tmp_path / "home", address="env:ADAS_NTFY") as (home, clock):
        telling.add_channel(home.logbook, "ada", f"file:{tmp_path / 'url'}", NOON)
        outbox.tell(home.logbook, ADA, [a_notice()], NOON)
        assert send_due(home) == Sent(later=2)
        reasons = [str(d.reason) for d in deliveries.newest(home.logbook, None, 9)]
        assert "the environment has no ADAS_NTFY" in reasons[0]
        assert "url cannot be read (FileNotFoundError)" in reasons[1]
        url = f"json://127.0.0.1:{taken.port}/{SECRET}"
        monkeypatch.setenv("ADAS_NTFY", url)
        (tmp_path / "url").write_text(url + "\n", encoding="utf-8")
        clock.on(minutes=1)
        assert send_due(home) == Sent(sent=2)
        assert SECRET.encode() not in home.settings.logbook_path.read_bytes()


def test_a_no_is_told_without_the_urls_secrets(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    url = f"json://user:{SECRET}@127.0.0.1:1/{SECRET}"
    with caplog.at_level(logging.DEBUG), told_home(tmp_path, address=url) as (home, _):
        outbox.tell(home.logbook, ADA, [a_notice()], NOON)
        assert send_due(home) == Sent(later=1)
        (delivery,) = deliveries.newest(home.logbook, None, 9)
        assert delivery.reason
        assert SECRET not in delivery.reason
    assert SECRET not in caplog.text


def test_a_services_error_is_its_status(tmp_path: Path) -> None:
    with service() as taken, told_home(tmp_path, address=f"json://127.0.0.1:{taken.port}/") as (home, _):
        taken.status = 403
        outbox.tell(home.logbook, ADA, [a_notice()], NOON)
        assert send_due(home) == Sent(later=1)
        (delivery,) = deliveries.newest(home.logbook, None, 9)
        assert "error=403" in str(delivery.reason)


def test_a_url_that_apprise_does_not_know_fails_for_good(tmp_path: Path) -> None:
    with told_home(tmp_path, address="nonsense://x") as (home, _):
        outbox.tell(home.logbook, ADA, [a_notice()], NOON)
        assert send_due(home) == Sent(failed=1)
        (delivery,) = deliveries.newest(home.logbook, None, 9)
        assert delivery.reason == "nonsense://… is no URL that Apprise understands."


def test_a_repeated_push_says_so_itself(tmp_path: Path) -> None:
    """Killed between the service's yes and our record: services do not know repetitions."""
    with service() as taken, told_home(tmp_path, address=f"json://127.0.0.1:{taken.port}/") as (home, _):
        outbox.tell(home.logbook, ADA, [a_notice()], NOON)
        (delivery,) = deliveries.newest(home.logbook, None, 9)
        deliveries.begin_attempt(home.logbook, delivery, "<id@example.org>", NOON)
        deliveries.mark_sending(home.logbook, delivery.id, NOON)
        assert send_due(home) == Sent(sent=1)
    assert taken.taken[0]["title"] == "Possibly repeated: Kneewise: 1 alert for Ada Berg"


def test_a_long_text_ends_with_a_whole_paragraph() -> None:
    text = "\n\n".join(f"Paragraph {n}. " + "x" * 200 for n in range(20))
    short = push.shortened(text)
    assert len(short) <= push.LONGEST + 2
    assert short.endswith("x\n…")
    assert push.shortened("short") == "short"


def test_addresses_that_name_nothing_are_refused() -> None:
    for address in ("env:", "file:", "ntfy//topic", "tgram:// token"):
        with pytest.raises(KneewiseError):
            addresses.checked(address)
