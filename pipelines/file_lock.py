"""A file that one process at a time may hold; a crash lets go too."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Whether this process is the one that holds it, for as long as the block lasts.

    An empty SQLite file is the lock: it works alike on every system.
    """
    lock = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        lock.execute("begin exclusive")
    except sqlite3.OperationalError:
        yield False
    else:
        yield True
    finally:
        lock.close()
