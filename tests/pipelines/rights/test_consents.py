"""Sharing begins with the athlete, holds once the coach accepts, and ends at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from features.training_log import Athlete
from pipelines.errors import KneewiseError
from pipelines.logbook import consents, share_offers
from pipelines.logbook.store import Logbook, open_logbook
from reports.dashboard.viewer import Scope

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
ADA_ACCOUNT, CLEO, DAN = 1, 2, 3
TRAINING, PAIN = frozenset({Scope.TRAINING}), frozenset({Scope.TRAINING, Scope.PAIN})


@pytest.fixture
def logbook(logbook_place: Path | str) -> Iterator[Logbook]:
    with open_logbook(logbook_place) as opened:
        opened.add_athlete(Athlete("ada", "Ada"))
        opened.add_athlete(Athlete("bea", "Bea"))
        yield opened


def share(logbook: Logbook, athlete: str = "ada", coach: int = CLEO, until: datetime | None = None) -> None:
    code = share_offers.offer(logbook, athlete, TRAINING, NOON, until)
    share_offers.accept(logbook, code, coach, "Cleo", NOON)


def test_a_coach_sees_nothing_until_they_accept_what_the_athlete_offers(logbook: Logbook) -> None:
    code = share_offers.offer(logbook, "ada", PAIN, NOON)
    assert consents.scopes_of_coach(logbook, CLEO, NOON) == {}
    offered = share_offers.behind(logbook, code, NOON)
    assert offered is not None
    assert (offered.athlete, offered.athlete_name, offered.scopes) == ("ada", "Ada", PAIN)
    share_offers.accept(logbook, code, CLEO, "Cleo", NOON)
    assert consents.scopes_of_coach(logbook, CLEO, NOON) == {"ada": PAIN}
    assert consents.scopes_of_coach(logbook, DAN, NOON) == {}
    (holding,) = consents.coaches_of(logbook, "ada", NOON)
    assert (holding.coach, holding.coach_name, holding.changed_by) == (CLEO, "Cleo", CLEO)
    assert consents.coaches_of(logbook, "bea", NOON) == ()


def test_a_link_works_once_even_for_two_at_the_same_moment(logbook: Logbook) -> None:
    code = share_offers.offer(logbook, "ada", TRAINING, NOON)

    def accept(coach: int) -> bool:
        try:
            share_offers.accept(logbook, code, coach, f"Coach {coach}", NOON)
        except KneewiseError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(accept, range(10, 18))) == [False] * 7 + [True]
    assert len(consents.coaches_of(logbook, "ada", NOON)) == 1


@pytest.mark.parametrize("how", ["withdrawn", "too old", "never made"])
def test_a_link_that_is_gone_opens_nothing(logbook: Logbook, how: str) -> None:
    code, now = share_offers.offer(logbook, "ada", TRAINING, NOON), NOON
    if how == "withdrawn":
        (made,) = share_offers.open_offers(logbook, "ada", NOON)
        share_offers.withdraw(logbook, "bea", made.id, NOON)  # not hers: nothing happens
        assert share_offers.behind(logbook, code, NOON) is not None
        share_offers.withdraw(logbook, "ada", made.id, NOON)
    elif how == "too old":
        now = NOON + timedelta(days=7)
    else:
        code = "0" * 32
    assert share_offers.behind(logbook, code, now) is None
    with pytest.raises(KneewiseError, match="Ask for a new one"):
        share_offers.accept(logbook, code, CLEO, "Cleo", now)
    assert consents.scopes_of_coach(logbook, CLEO, now) == {}


def test_the_code_itself_is_not_kept(logbook: Logbook, tmp_path: Path) -> None:
    code = share_offers.offer(logbook, "ada", TRAINING, NOON)
    for path in tmp_path.iterdir():
        assert code.encode() not in path.read_bytes()


def test_an_offer_is_of_something_and_ends_in_the_future(logbook: Logbook) -> None:
    with pytest.raises(KneewiseError, match="at least one"):
        share_offers.offer(logbook, "ada", (), NOON)
    with pytest.raises(KneewiseError, match="over already"):
        share_offers.offer(logbook, "ada", TRAINING, NOON, until=NOON)


def test_revoking_ends_it_at_once_and_the_history_keeps_every_change(logbook: Logbook) -> None:
    share(logbook)
    later = NOON + timedelta(hours=1)
    consents.change(logbook, "ada", CLEO, PAIN, ADA_ACCOUNT, later)
    assert consents.scopes_of_coach(logbook, CLEO, later) == {"ada": PAIN}
    consents.revoke(logbook, "ada", CLEO, ADA_ACCOUNT, later)
    assert consents.scopes_of_coach(logbook, CLEO, later) == {}
    assert consents.coaches_of(logbook, "ada", later) == ()
    told = [(c.change, c.scopes, c.changed_by) for c in consents.history(logbook, "ada")]
    assert told == [
        ("revoked", frozenset(), ADA_ACCOUNT),
        ("changed", PAIN, ADA_ACCOUNT),
        ("accepted", TRAINING, CLEO),
    ]


def test_who_has_no_access_gets_none_by_a_change(logbook: Logbook) -> None:
    for change in (consents.change, consents.revoke):
        extra = (PAIN,) if change is consents.change else ()
        with pytest.raises(KneewiseError, match="no access now"):
            change(logbook, "ada", CLEO, *extra, ADA_ACCOUNT, NOON)
    share(logbook)
    consents.leave(logbook, "ada", CLEO, NOON)
    with pytest.raises(KneewiseError, match="no access now"):
        consents.change(logbook, "ada", CLEO, PAIN, ADA_ACCOUNT, NOON)


def test_sharing_until_a_day_ends_by_itself(logbook: Logbook) -> None:
    end = NOON + timedelta(days=30)
    share(logbook, until=end)
    assert consents.scopes_of_coach(logbook, CLEO, end - timedelta(seconds=1)) == {"ada": TRAINING}
    assert consents.scopes_of_coach(logbook, CLEO, end) == {}


def test_a_coach_of_fifty_is_asked_about_in_one_query(logbook: Logbook) -> None:
    for number in range(50):
        logbook.add_athlete(Athlete(f"a{number}", f"A {number}"))
        share(logbook, f"a{number}")
        consents.change(logbook, f"a{number}", CLEO, PAIN, None, NOON)
    statements: list[str] = []
    event.listen(
        logbook.engine, "before_cursor_execute", lambda _c, _k, statement, *_: statements.append(statement)
    )
    shared = consents.scopes_of_coach(logbook, CLEO, NOON)
    assert shared == {f"a{number}": PAIN for number in range(50)}
    assert len(statements) == 1
