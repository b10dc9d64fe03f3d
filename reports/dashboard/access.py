"""What each route asks of a request: who may have it, and how much it takes. One without a rule is refused
when the app is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from reports.dashboard.viewer import Scope, Viewer

Who = Literal["anyone", "signed_in", "coach", "coach_of", "admin", "reader", "owner", "token"]
RULE = "__kneewise_rule__"


@dataclass(frozen=True, slots=True)
class Need:
    """``reader``: the athlete of the path, or a coach with ``scope`` of them; ``owner``: the athlete alone;
    ``coach_of``: a coach with whom the athlete of the path shares anything at all.

    ``token``: a request with an API token of kind ``token`` (``upload`` or ``read``), never a browser session.
    """

    who: Who
    scope: Scope | None = None
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """``largest``: bytes that may be sent. ``has_form``: a page with a form for who is not signed in.
    ``is_signed``: the path itself proves that its sender was meant, so a form's token would prove nothing more."""

    need: Need
    largest: int
    has_form: bool = False
    is_signed: bool = False

    @property
    def needs_form_token(self) -> bool:
        return self.need.token is None and not self.is_signed


ANYONE = Need("anyone")
SIGNED_IN = Need("signed_in")
COACH = Need("coach")
COACH_OF = Need("coach_of")
ADMIN = Need("admin")
OWNER = Need("owner")


def reader(scope: Scope) -> Need:
    return Need("reader", scope)


def by_token(kind: str) -> Need:
    return Need("token", token=kind)


def is_met(need: Need, viewer: Viewer | None, athlete: str | None) -> bool:
    """Whether a viewer may have a route; ``athlete`` is the one of its path, if it has one. Tokens are judged apart."""
    if need.who == "anyone":
        return True
    if viewer is None:
        return False
    if need.who == "reader":
        return athlete is not None and need.scope in viewer.scopes_on(athlete)
    if need.who == "coach_of":
        return viewer.is_coach and athlete is not None and bool(viewer.shared.get(athlete))
    if need.who == "owner":
        return athlete is not None and athlete == viewer.athlete
    met = {"signed_in": True, "coach": viewer.is_coach, "admin": viewer.is_admin}
    return met.get(need.who, False)


def rule_of(endpoint: Callable[..., Any]) -> Rule:
    """The rule of a route's endpoint. Raises LookupError for one that has none."""
    rule = getattr(endpoint, RULE, None)
    if not isinstance(rule, Rule):
        raise LookupError(
            f"the route of {getattr(endpoint, '__qualname__', endpoint)} does not say who may have it"
        )
    return rule
