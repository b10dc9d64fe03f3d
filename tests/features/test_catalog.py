"""Every feature documents itself: what it means, in which unit, on what evidence, and what makes it unknown."""

from __future__ import annotations

from features import catalog, evidence

# Modules of features/per_activity that measure nothing of their own: they serve or gather the others.
TOOLS = {"__init__", "moving_windows", "stream", "summary"}


def test_every_module_of_one_activitys_samples_says_its_unit_unless_it_is_a_tool() -> None:
    modules = {path.stem for path in (catalog.HERE / "per_activity").glob("*.py")}
    assert modules - {measure.name for measure in catalog.per_activity()} == TOOLS


def test_what_documents_itself_says_all_of_it_in_a_sentence() -> None:
    for feature in (*catalog.per_day(), *catalog.per_shoe()):
        assert feature.meaning.endswith("."), feature.name
        assert feature.unit and feature.unknown_when, feature.name
        assert feature.evidence and all(evidence.entry(name) for name in feature.evidence), feature.name
    for measure in catalog.per_activity():
        assert measure.meaning.endswith("."), measure.name
        assert measure.unit and measure.unknown_when and measure.source, measure.name


def test_a_stepping_stone_is_read_by_a_view_or_by_the_features() -> None:
    features = [asked.sql() for asked in (catalog.daily(), catalog.shoe_daily())]
    read = " ".join([*(view.sql for view in catalog.views()), *features])
    assert {name for name in catalog.STEPPING_STONES if f" {name}" not in read} == set()
    assert set(catalog.VIEW_ORDER) >= catalog.STEPPING_STONES | catalog.KEPT_AS_QUERIES | catalog.PASSING
