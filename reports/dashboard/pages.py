"""Routes as the house writes them: a router on which every route says what it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter

from reports.dashboard.access import RULE, Need, Rule
from reports.dashboard.bodies import FORM
from reports.dashboard.guarding import Guarded

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


class Pages(APIRouter):
    """``@pages.show("/a/{athlete}/week", need=reader(Scope.TRAINING))`` for GET, ``@pages.take`` for POST.

    A route whose need is ``reader`` or ``owner`` has ``{athlete}`` in its path. One that takes files says how
    much: ``largest=bodies.UPLOAD``.
    """

    def __init__(self) -> None:
        super().__init__(route_class=Guarded)

    def show(
        self, path: str, need: Need, *, has_form: bool = False, **more: Any
    ) -> Callable[[Endpoint], Endpoint]:
        return self._route("GET", path, Rule(need, 0, has_form), more)

    def take(
        self, path: str, need: Need, *, largest: int = FORM, is_signed: bool = False, **more: Any
    ) -> Callable[[Endpoint], Endpoint]:
        return self._route("POST", path, Rule(need, largest, need.who == "anyone", is_signed), more)

    def _route(
        self, method: str, path: str, rule: Rule, more: dict[str, Any]
    ) -> Callable[[Endpoint], Endpoint]:
        def add(endpoint: Endpoint) -> Endpoint:
            setattr(endpoint, RULE, rule)
            shown = {"response_model": None, "include_in_schema": path.startswith("/api/"), **more}
            self.add_api_route(path, endpoint, methods=[method], **shown)
            return endpoint

        return add
