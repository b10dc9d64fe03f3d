"""The four top-level package names are ours alone in an installation."""

from __future__ import annotations

from importlib.metadata import packages_distributions

import pytest


@pytest.mark.parametrize("package", ["features", "models", "reports", "pipelines"])
def test_no_other_distribution_claims_the_name(package: str) -> None:
    assert set(packages_distributions().get(package, ["kneewise"])) == {"kneewise"}
