"""What pages were made of is made once, until something changes."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipelines.serving.kept import Kept


def test_an_answer_is_kept_until_the_state_is_another() -> None:
    state, made = ["monday"], []
    kept = Kept(lambda: state[0])

    def make() -> int:
        made.append(1)
        return len(made)

    assert [kept.get("mara", make), kept.get("mara", make), kept.get("jonas", make)] == [1, 1, 2]
    state[0] = "tuesday"
    assert kept.get("mara", make) == 3


def test_the_answer_asked_for_longest_ago_is_forgotten_first() -> None:
    kept = Kept(lambda: "", most=2)
    for name in ("a", "b", "a", "c"):
        kept.get(name, lambda: "made")
    assert len(kept) == 2
    assert kept.get("a", lambda: "anew") == "made"
    assert kept.get("b", lambda: "anew") == "anew"


def test_many_who_ask_at_once_wait_for_one_answer() -> None:
    kept, made, all_here = Kept(lambda: ""), [], threading.Barrier(8)

    def ask(_: int) -> str:
        all_here.wait(timeout=10)
        return kept.get("roster", make)

    def make() -> str:
        made.append(1)
        threading.Event().wait(0.05)
        return "roster"

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {"roster"}
    assert len(made) == 1


def test_what_raises_is_not_kept() -> None:
    kept = Kept(lambda: "")
    with pytest.raises(ZeroDivisionError):
        kept.get("x", lambda: 1 // 0)
    assert kept.get("x", lambda: "well") == "well"
