"""What a form sent, for endpoints that run in the thread pool."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Request
from starlette.datastructures import FormData


async def _sent(request: Request) -> FormData:
    return await request.form()


Sent = Annotated[FormData, Depends(_sent)]
Number = Annotated[int, Path(ge=0, le=2**31 - 1)]  # of a row, in the path: no more than every store counts to


def word(sent: FormData, name: str) -> str:
    """A text field, trimmed; empty where it was not sent."""
    value = sent.get(name)
    return value.strip() if isinstance(value, str) else ""


def words(sent: FormData, name: str) -> list[str]:
    """All values of a field that may be sent several times."""
    return [value for value in sent.getlist(name) if isinstance(value, str)]


def all_words(sent: FormData) -> dict[str, str]:
    """Every text field by name; of one sent several times, the last."""
    return {name: word(sent, name) for name in sent}
