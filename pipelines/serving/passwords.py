"""Keeps and compares passwords: Argon2id at a cost that two cores bear and guessing does not."""

from __future__ import annotations

import threading
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from pipelines.errors import KneewiseError

SHORTEST, LONGEST = 10, 200
# OWASP's first choice (46 MiB, one pass, one lane): some 60 ms. Raise it, and who signs in is hashed anew.
_HASHER = PasswordHash((Argon2Hasher(memory_cost=47_104, time_cost=1, parallelism=1),))
_AT_ONCE = threading.BoundedSemaphore(2)  # a flood of tries takes turns and fills no memory


def hashed(password: str) -> str:
    with _AT_ONCE:
        return _HASHER.hash(password)


def verify(password: str, known: str | None) -> tuple[bool, str | None]:
    """Whether it is the one, and a hash to keep instead where today's cost is another. With ``known`` None, where
    there is no such account, it takes as long and is not."""
    with _AT_ONCE:
        fits, anew = _HASHER.verify_and_update(password[:LONGEST], known or _nobodys())
    return (fits, anew) if known is not None else (False, None)


def check(password: str, *words: str) -> str:
    """The password, if it is worth keeping; ``words`` are what others know of its owner. Raises KneewiseError."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise KneewiseError(
            f"a password has {SHORTEST} to {LONGEST} characters; four random words are easy to remember."
        )
    plain = password.casefold()
    known = [
        word.casefold() for told in words for word in (told, *told.replace("@", " ").split()) if len(word) > 3
    ]
    if len(set(plain)) < 5 or any(plain.replace(word, "").strip("0123456789 .!-_") == "" for word in known):
        raise KneewiseError("this password is easy to guess. Four random words are easy to remember.")
    return password


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody has this password")
