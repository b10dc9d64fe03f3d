"""Who looks at the pages in tests: the athletes of the sample files, coaches of them, an admin."""

from __future__ import annotations

from reports.dashboard.viewer import Scope, Viewer

MARA = Viewer(1, "Mara Lind", athlete="mara")
JONAS = Viewer(2, "Jonas Weber", athlete="jonas")
ADMIN = Viewer(3, "Root", is_admin=True)


def coach(**shared: set[Scope]) -> Viewer:
    """A coach to whom these athletes gave these scopes: ``coach(mara={Scope.TRAINING})``."""
    return Viewer(4, "Cleo", is_coach=True, shared={name: frozenset(given) for name, given in shared.items()})
