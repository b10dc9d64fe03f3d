"""Routes as the house writes them: a router on which every route says what it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter

from reports.dashboard.access import Need

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
NEEDS = "__kneewise_need__"


class Pages(APIRouter):
    """``@pages.show("/a/{athlete}/week", need=reader(Scope.TRAINING))`` for GET, ``@pages.take`` for POST.

    A route whose need is ``reader`` or ``owner`` has ``{athlete}`` in its path.
    """

    def show(self, path: str, need: Need, **more: Any) -> Callable[[Endpoint], Endpoint]:
        return self._route("GET", path, need, more)

    def take(self, path: str, need: Need, **more: Any) -> Callable[[Endpoint], Endpoint]:
        return self._route("POST", path, need, more)

    def _route(
        self, method: str, path: str, need: Need, more: dict[str, Any]
    ) -> Callable[[Endpoint], Endpoint]:
        def add(endpoint: Endpoint) -> Endpoint:
            setattr(endpoint, NEEDS, need)
            shown = {"response_model": None, "include_in_schema": path.startswith("/api/"), **more}
            self.add_api_route(path, endpoint, methods=[method], **shown)
            return endpoint

        return add


def need_of(endpoint: Callable[..., Any]) -> Need:
    """What a route's endpoint needs. Raises LookupError for one that does not say."""
    need = getattr(endpoint, NEEDS, None)
    if not isinstance(need, Need):
        raise LookupError(
            f"the route of {getattr(endpoint, '__qualname__', endpoint)} does not say who may have it"
        )
    return need
