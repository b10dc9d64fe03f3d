"""Signed links: what one click in a message may do, for whom, and until when.

A token holds its own words, signed with a key that only this home folder has. It is made the same way each
time a message is tried again, and says nothing that the message does not.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from pipelines.errors import KneewiseError
from pipelines.settings import Settings

DIGEST = "coach_digest"  # the kind of a link that stops not a channel but a coach's digest
Deed = Literal["acknowledge", "snooze", "stop"]
GOOD_FOR = {
    "acknowledge": timedelta(days=60),
    "snooze": timedelta(days=60),
    "stop": timedelta(days=400),  # who unsubscribes does so from any old mail
}


@dataclass(frozen=True, slots=True)
class Link:
    """``number`` is a message (acknowledge), a channel or, of kind ``DIGEST``, an account (stop); kind and subject are what to snooze."""

    deed: Deed
    athlete: str
    number: int
    kind: str = ""
    subject: str = ""


def url(settings: Settings, link: Link, written_at: datetime) -> str | None:
    """The link as it stands in a message of that time; None where no public address is set."""
    if settings.public_url is None:
        return None
    return f"{settings.public_url.rstrip('/')}/links/{token(key(settings.link_key_path), link, written_at)}"


def token(key: bytes, link: Link, written_at: datetime) -> str:
    until = int((written_at + GOOD_FOR[link.deed]).timestamp())
    words = json.dumps([*asdict(link).values(), until], separators=(",", ":")).encode()
    return f"{_text(words)}.{_text(_signature(key, words))}"


def read(key: bytes, token: str, now: datetime) -> Link:
    """The link behind a token. Raises KneewiseError if it is not ours, was changed, or is too old."""
    words_text, _, signature_text = token.partition(".")
    try:
        words, signature = _bytes(words_text), _bytes(signature_text)
    except (binascii.Error, ValueError):
        raise KneewiseError("This link is damaged. Open it from the message again.") from None
    if not hmac.compare_digest(signature, _signature(key, words)):
        raise KneewiseError("This link is not one of ours, or it was changed on the way.")
    *fields, until = json.loads(words)
    if now.timestamp() > until:
        raise KneewiseError("This link is too old. A newer message has a newer one.")
    return Link(*fields)


def key(path: Path) -> bytes:
    """The home folder's own key, made when first needed and readable by its owner alone."""
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_hex(32).encode())
        with suppress(FileExistsError):
            os.link(fresh, path)  # whole or not at all; the first of two processes wins
        fresh.unlink()
    return path.read_bytes()


def _signature(key: bytes, words: bytes) -> bytes:
    return hmac.new(key, b"kneewise link\0" + words, hashlib.sha256).digest()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
