"""How much may be sent to a route: counted while it arrives, so that nobody fills memory or disk."""

from __future__ import annotations

from fastapi import HTTPException, Request
from starlette.types import Message, Receive

FORM = 64 * 1024
UPLOAD = 1024**3
TOO_MUCH = "That is more than can be taken at once ({limit})."


def limited(request: Request, most: int) -> Receive:
    """The request's body, up to ``most`` bytes. Refuses (413) what says it is more at once, and else where it is."""
    told = request.headers.get("content-length", "")
    arrived = 0

    async def receive() -> Message:
        nonlocal arrived
        if told.isdecimal() and int(told[:20]) > most:
            raise _refusal(most)
        message = await request.receive()
        arrived += len(message.get("body", b""))
        if arrived > most:
            raise _refusal(most)
        return message

    return receive


def _refusal(most: int) -> HTTPException:
    limit = f"{most // 1024**2} MB" if most >= 1024**2 else f"{most // 1024} kB"
    return HTTPException(413, TOO_MUCH.format(limit=limit), headers={"Connection": "close"})
