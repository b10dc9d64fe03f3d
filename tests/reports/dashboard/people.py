"""Who looks at pages in tests: the sample athletes themselves, and coaches with more or less of them."""

from __future__ import annotations

from reports.dashboard.viewer import Scope, Viewer

MARA = Viewer(1, "Mara Lind", athlete="mara")
JONAS = Viewer(2, "Jonas Weber", athlete="jonas")


def coach_of_jonas(*scopes: Scope) -> Viewer:
    return Viewer(3, "Cleo", is_coach=True, shared={"jonas": frozenset(scopes)})
