"""What a server says when it starts: where it answers, and how the first admin gets in."""

from __future__ import annotations

from collections.abc import Callable

from pipelines.logbook import accounts, invitations
from pipelines.logbook.store import Logbook
from pipelines.serving.accounts import real_time
from pipelines.settings import Settings


def greet(settings: Settings, logbook: Logbook, url: str, say: Callable[[str], None]) -> None:
    """``url`` is where it listens. The set-up link is made anew at each start, until there is an account."""
    reached = (settings.public_url or url).rstrip("/")
    say(f"Kneewise answers at {reached}. Stop with Ctrl-C.")
    if not accounts.are_there_any(logbook):
        token = invitations.invite(logbook, "setup", real_time())
        say("There is no account yet. This link makes the admin's; it works once, within 24 hours:")
        say(f"  {reached}/setup/{token}")
