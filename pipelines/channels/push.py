"""Everything that Apprise knows: ntfy, Telegram, Slack, Matrix, Signal … by one URL each.

Apprise says only yes or no; what it logs meanwhile is the reason, cleaned of the URL's parts, which may
be secrets. No service tells whether a message is a repetition, so a repeated one says so itself.
"""

from __future__ import annotations

import logging
import re

from pipelines.channels import addresses
from pipelines.channels.outcomes import Refused, TryLater
from pipelines.errors import KneewiseError

LONGEST = 1500  # fits every service; a watch or phone shows less anyway


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def send(address: str, title: str, text: str, possibly_repeated: bool) -> None:
    """Hand one message to the service behind ``address``. Raises Refused or TryLater."""
    import apprise  # takes a while, and only those who use it need it

    try:
        url = addresses.opened(address)
    except KneewiseError as error:
        raise TryLater(str(error)) from error
    heard = _Heard()
    log = logging.getLogger("apprise")
    passes_on, log.propagate = log.propagate, False  # its lines may hold secrets: nobody else hears them
    log.addHandler(heard)
    try:
        service = apprise.Apprise.instantiate(url)
        if service is None:
            raise Refused(f"{addresses.label(address)} is no URL that Apprise understands.")
        if possibly_repeated:
            title = f"Possibly repeated: {title}"
        services = apprise.Apprise(service)  # which catches what a service's own code raises
        is_taken = services.notify(body=text, title=title, body_format=apprise.NotifyFormat.TEXT)
    finally:
        log.removeHandler(heard)
        log.propagate = passes_on
    if not is_taken:
        raise TryLater(_without_secrets(" ".join(heard.lines), url) or "the service did not take it.")


def shortened(text: str) -> str:
    """At most ``LONGEST`` characters, ending with a whole paragraph."""
    if len(text) <= LONGEST:
        return text
    kept = text[:LONGEST]
    return (kept[: kept.rfind("\n\n")] if "\n\n" in kept else kept).rstrip() + "\n…"


def _without_secrets(line: str, url: str) -> str:
    parts = [part for part in re.split(r"[/:@?&=#]+", url) if len(part) >= 4]
    for part in sorted(parts, key=len, reverse=True):
        line = line.replace(part, "…")
    return line[:200]
