"""Golden files: what people read, held to a reviewed copy in tests/golden/.

``pytest tests/reports --update-golden`` rewrites them; read the diff before it is committed.
"""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest

FOLDER = Path(__file__).with_name("golden")
OPTION = "--update-golden"
DIFF_LINES = 60


def add_option(parser: pytest.Parser) -> None:
    parser.addoption(OPTION, action="store_true", default=False, help="rewrite tests/golden/")


def check(name: str, text: str, config: pytest.Config) -> None:
    """Fails with a readable diff where ``text`` is not what the golden file holds."""
    path = FOLDER / name
    if config.getoption(OPTION, default=False):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return
    if not path.exists():
        pytest.fail(f"no golden file {name}; make it with {OPTION} and read it", pytrace=False)
    kept = path.read_text(encoding="utf-8")
    if kept != text:
        diff = list(unified_diff(kept.splitlines(), text.splitlines(), "golden", "now", lineterm="", n=1))
        more = f"\n… {len(diff) - DIFF_LINES} more lines" if len(diff) > DIFF_LINES else ""
        told = "\n".join(diff[:DIFF_LINES])
        pytest.fail(f"{name} reads differently now:\n{told}{more}\nIf right: {OPTION}", pytrace=False)
