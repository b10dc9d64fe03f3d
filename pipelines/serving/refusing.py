"""Turns the rim's errors into answers that pages can show."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.errors import KneewiseError
from reports.dashboard.refusals import Refused


@contextmanager
def as_refusal() -> Iterator[None]:
    """KneewiseError and ValueError of the block become ``Refused``, in the same words."""
    try:
        yield
    except Refused:
        raise
    except (KneewiseError, ValueError) as error:
        words = str(error)
        raise Refused(words[:1].upper() + words[1:]) from error
