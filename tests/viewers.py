"""Whom tests of pages look as."""

from __future__ import annotations

from collections.abc import Callable

from fastapi.testclient import TestClient

from reports.dashboard.viewer import Scope, Viewer

ClientAs = Callable[[Viewer | None], TestClient]

MARA = Viewer(1, "Mara Lind", athlete="mara")
JONAS = Viewer(2, "Jonas Weber", athlete="jonas")


def coach_of_mara(*scopes: Scope) -> Viewer:
    return Viewer(3, "Cleo", is_coach=True, shared={"mara": frozenset(scopes)})


COACH = Viewer(
    3, "Cleo", is_coach=True, shared={"mara": frozenset(Scope), "jonas": frozenset({Scope.TRAINING})}
)
ROOT = Viewer(4, "Root", is_admin=True)
