"""API tokens: shown once, kept as a hash, for one thing alone, and gone when they are revoked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from features.training_log import Athlete
from pipelines.errors import KneewiseError
from pipelines.logbook import accounts, tokens
from pipelines.logbook.accounts import NewAccount
from pipelines.logbook.store import Logbook, open_logbook

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
YEAR = timedelta(days=365)


@pytest.fixture
def logbook(logbook_place: Path | str) -> Iterator[Logbook]:
    with open_logbook(logbook_place) as opened:
        opened.add_athlete(Athlete("ada", "Ada"))
        opened.add_athlete(Athlete("bea", "Bea"))
        yield opened


def test_a_token_says_whose_it_is_and_what_it_may(logbook: Logbook) -> None:
    token = tokens.make(logbook, "ada", "upload", " my  watch's\nscript ", NOON, YEAR)
    found = tokens.check(logbook, token, NOON)
    assert found is not None
    assert (found.athlete, found.kind, found.name) == ("ada", "upload", "my watch's script")
    assert token.startswith("kneewise_upload_")


def test_no_other_word_is_a_token(logbook: Logbook) -> None:
    token = tokens.make(logbook, "ada", "read", "graphs", NOON, None)
    for wrong in ("", token[:-1], token + "x", token.replace("read", "upload"), "' or 1=1 --"):
        assert tokens.check(logbook, wrong, NOON) is None


def test_the_token_itself_is_not_kept(logbook: Logbook, tmp_path: Path) -> None:
    token = tokens.make(logbook, "ada", "read", "graphs", NOON, None)
    assert not any(token[-20:].encode() in path.read_bytes() for path in tmp_path.iterdir())


def test_it_ends_on_its_day_and_at_once_when_revoked(logbook: Logbook) -> None:
    token = tokens.make(logbook, "ada", "read", "graphs", NOON, YEAR)
    lasting = tokens.make(logbook, "ada", "read", "lasting", NOON, None)
    assert tokens.check(logbook, token, NOON + YEAR - timedelta(seconds=1)) is not None
    assert tokens.check(logbook, token, NOON + YEAR) is None
    number = next(t.id for t in tokens.tokens(logbook, "ada") if t.name == "lasting")
    tokens.revoke(logbook, "bea", number, NOON)  # not hers
    assert tokens.check(logbook, lasting, NOON + YEAR) is not None
    tokens.revoke(logbook, "ada", number, NOON)
    assert tokens.check(logbook, lasting, NOON) is None
    assert [t.name for t in tokens.tokens(logbook, "ada")] == ["lasting", "graphs"]
    assert tokens.tokens(logbook, "bea") == ()


def test_its_use_is_written_once_a_day(logbook: Logbook) -> None:
    token = tokens.make(logbook, "ada", "read", "graphs", NOON, None)
    written: list[str] = []
    event.listen(
        logbook.engine,
        "before_cursor_execute",
        lambda _c, _k, statement, *_: written.append(statement) if "UPDATE api_token" in statement else None,
    )
    for minute in range(20):
        tokens.check(logbook, token, NOON + timedelta(minutes=minute))
    assert len(written) == 1
    tokens.check(logbook, token, NOON + timedelta(days=1))
    (kept,) = tokens.tokens(logbook, "ada")
    assert (len(written), kept.last_used_on) == (2, date(2026, 11, 17))


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_token_has_a_name_to_know_it_by(logbook: Logbook, name: str) -> None:
    with pytest.raises(KneewiseError, match="needs a name"):
        tokens.make(logbook, "ada", "read", name, NOON, None)


def test_the_tokens_of_an_account_that_was_disabled_open_nothing_until_it_is_enabled(
    logbook: Logbook,
) -> None:
    token = tokens.make(logbook, "ada", "read", "graphs", NOON, None)
    of_bea = tokens.make(logbook, "bea", "read", "graphs", NOON, None)
    with logbook.engine.begin() as db:
        accounts.add(db, NewAccount("Root", "root@example.org", "-", is_admin=True), NOON)
        number = accounts.add(db, NewAccount("Ada", "ada@example.org", "-", athlete="ada"), NOON)
    accounts.disable(logbook, number, NOON)
    assert tokens.check(logbook, token, NOON) is None
    assert tokens.check(logbook, of_bea, NOON) is not None  # nobody's account is none that is disabled
    accounts.enable(logbook, number)
    assert tokens.check(logbook, token, NOON) is not None
