"""Addresses of channels: a mail address, an Apprise URL, or ``env:NAME``/``file:PATH`` where one is kept."""

from __future__ import annotations

import os
import re
from pathlib import Path

from pipelines.errors import KneewiseError

# One plain address: no name, no list, no quoting, nothing that could end a header or an SMTP command.
_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,253}")
_URL = re.compile(r"([a-z][a-z0-9+.-]*)://\S+", re.IGNORECASE)
_KEPT = ("env:", "file:")


def is_mail(address: str) -> bool:
    return "://" not in address and not address.startswith(_KEPT)


def checked(address: str) -> str:
    """The address as it is stored. Raises KneewiseError, saying what an address looks like."""
    if not address.isprintable():
        raise KneewiseError("an address is one line of printable characters.")
    if is_mail(address):
        return mailbox(address)
    if address.startswith(_KEPT):
        if len(address.partition(":")[2]) == 0:
            raise KneewiseError(
                f"{address!r} names nothing; it looks like env:MY_NTFY_URL or file:/run/secrets/ntfy"
            )
        return address
    found = _URL.fullmatch(address)
    if found is None:
        raise KneewiseError(
            f"{address!r} is no address: give one like ada@example.org, or an Apprise URL like ntfys://ntfy.sh/topic"
        )
    if found[1].lower() in ("mailto", "mailtos"):
        raise KneewiseError("for mail give the plain address, like ada@example.org; the server is a setting.")
    return address


def mailbox(address: str) -> str:
    """A mail address with its domain in ASCII. Raises KneewiseError if it is not exactly one address."""
    try:
        local, domain = address.rsplit("@", 1)
        ascii_form = f"{local}@{domain.encode('idna').decode()}"
    except (ValueError, UnicodeError):
        ascii_form = ""
    if not _MAIL.fullmatch(ascii_form):
        raise KneewiseError(f"{address!r} is not one mail address; it looks like ada@example.org")
    return ascii_form


def label(address: str) -> str:
    """The channel as lists and logs may show it: enough to know it by, no secret."""
    if is_mail(address):
        local, _, domain = address.partition("@")
        return f"{local[:1]}…@{domain}"
    if address.startswith(_KEPT):
        return address
    return f"{address.partition('://')[0].lower()}://…"


def opened(address: str) -> str:
    """The Apprise URL itself. Raises KneewiseError where the place that keeps it is empty."""
    kept, _, where = address.partition(":")
    if f"{kept}:" not in _KEPT:
        return address
    try:
        found = os.environ[where] if kept == "env" else Path(where).expanduser().read_text(encoding="utf-8")
    except KeyError:
        raise KneewiseError(f"the environment has no {where}; set it to an Apprise URL.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise KneewiseError(
            f"{where} cannot be read ({type(error).__name__}); it should hold an Apprise URL."
        ) from None
    return found.strip()
