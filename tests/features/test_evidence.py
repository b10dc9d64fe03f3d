"""The evidence table: sourced, consistent with itself, and the only place that numbers come from."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from math import exp, floor, log
from pathlib import Path

import pytest

from features import evidence

PROJECT = Path(__file__).resolve().parents[2]
FLOORS = ("features", "models", "reports", "pipelines")
NOT_EVIDENCE = {"as_of"}  # SQL variables that carry the question and not a constant


def files(suffix: str) -> list[Path]:
    return [path for floor in FLOORS for path in sorted((PROJECT / floor).rglob(f"*{suffix}"))]


def strings(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def cited_in_python(text: str) -> Iterator[str]:
    """Names asked for through ``evidence.…("name")`` or gathered in ``names = (…)`` and ``evidence=(…)``."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            called = node.func
            if (
                isinstance(called, ast.Attribute)
                and isinstance(called.value, ast.Name)
                and called.value.id == "evidence"
                and called.attr in ("value", "entry")
                and isinstance(node.args[0], ast.Constant)
            ):
                yield from strings(node.args[0])
            for keyword in node.keywords:
                if keyword.arg == "evidence" and isinstance(keyword.value, ast.Tuple):
                    yield from strings(keyword.value)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
            named = {target.id for target in node.targets if isinstance(target, ast.Name)}
            yield from strings(node.value) if "names" in named else ()


def cited_in_sql(text: str) -> Iterator[str]:
    yield from set(re.findall(r"getvariable\('(\w+)'\)", text)) - NOT_EVIDENCE
    for line in re.findall(r"^-- evidence: (.+)$", text, re.MULTILINE):
        yield from (name.strip() for name in line.split(","))


def cited_in_toml(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield from value if key == "evidence" else cited_in_toml(value)
    elif isinstance(content, list):
        for value in content:
            yield from cited_in_toml(value)


def citations() -> set[tuple[str, str]]:
    found = set()
    for path in files(".py"):
        found |= {(path.name, name) for name in cited_in_python(path.read_text(encoding="utf-8"))}
    for path in files(".sql"):
        found |= {(path.name, name) for name in cited_in_sql(path.read_text(encoding="utf-8"))}
    for path in files(".toml"):
        if path.parent != evidence.TABLE:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
            found |= {(path.name, name) for name in cited_in_toml(content)}
    return found


def test_every_name_cited_anywhere_is_in_the_table() -> None:
    known = {e.name for e in evidence.entries()}
    assert sorted(c for c in citations() if c[1] not in known) == []


def test_the_search_for_citations_finds_each_way_of_citing() -> None:
    python = (
        'evidence.value("a")\nevidence.entry("b")\nnames = ("c", "d")\nf(evidence=("e",))\nother.value("no")'
    )
    assert sorted(cited_in_python(python)) == ["a", "b", "c", "d", "e"]
    assert sorted(cited_in_sql("-- evidence: a, b\ngetvariable('c') getvariable('as_of')")) == ["a", "b", "c"]
    assert list(cited_in_toml({"exercise": [{"evidence": ["a", "b"], "name": "no"}]})) == ["a", "b"]


def test_an_unknown_name_suggests_the_near_ones() -> None:
    with pytest.raises(KeyError, match="did you mean spike_window_days"):
        evidence.value("spike_window_day")


def test_the_papers_numbers_are_as_published() -> None:
    # Schuster Brandt Frandsen 2025, abstract; Malisoux 2015, abstract.
    published = {
        "spike_small_hrr": (1.64, 1.31, 2.05),
        "spike_moderate_hrr": (1.52, 1.16, 2.00),
        "spike_large_hrr": (2.28, 1.50, 3.48),
        "previous_injury_hr": (1.72, 1.11, 2.66),
        "shoe_rotation_hr": (0.614, 0.389, 0.969),
        "other_sports_hr": (0.848, 0.732, 0.982),
    }
    for name, numbers in published.items():
        e = evidence.entry(name)
        assert (e.value, e.low, e.high) == numbers
        assert e.doi is not None


def test_the_pooled_spike_is_the_inverse_variance_mean_of_small_and_moderate() -> None:
    weighted, weights = 0.0, 0.0
    for name in ("spike_small_hrr", "spike_moderate_hrr"):
        e = evidence.entry(name)
        assert e.low is not None and e.high is not None
        standard_error = (log(e.high) - log(e.low)) / (2 * 1.96)
        weights += standard_error**-2
        weighted += log(e.value) * standard_error**-2
    mean, spread = weighted / weights, 1.96 * weights**-0.5
    pooled = evidence.entry("spike_pooled_hrr")
    assert pooled.value == round(exp(mean), 1)
    assert (pooled.low, pooled.high) == (round(exp(mean - spread), 2), round(exp(mean + spread), 2))


def test_derived_values_follow_from_the_rows_they_name() -> None:
    value = evidence.value
    assert value("descent_grade_load") == round(962 / 787, 3)
    assert value("injury_per_session_rate") == round(1820 / 588_071, 4)
    base_rate = value("injury_per_session_rate") * value("overuse_share") * value("knee_share")
    assert value("knee_per_session_base_rate") == round(base_rate, 4)
    assert value("level_guarded_from") == value("descent_grade_load")
    assert value("level_elevated_from") == value("spike_pooled_hrr")
    assert value("level_high_from") == value("spike_large_hrr")
    assert value("total_hazard_cap") == round(value("spike_large_hrr") * value("previous_injury_hr"), 2)
    graded = (
        (value("spike_small_from") - 1) * log(value("level_guarded_from")) / log(value("spike_pooled_hrr"))
    )
    assert value("longest_run_growth") == floor(100 * (1 + graded)) / 100
    assert value("return_gap_days") == value("spike_window_days")
    assert value("shorter_run_share") == 3 / 5


def test_what_the_literature_does_not_support_weighs_nothing() -> None:
    for name in ("weekly_change_null", "acwr_null", "surface_null", "shoe_mileage_null"):
        assert evidence.value(name) == 0


def test_what_was_read_somewhere_names_where() -> None:
    for e in evidence.entries():
        own = e.grade in ("engineering", "product")
        assert e.claim.endswith((".", ".)"))
        assert own or e.source != "Kneewise", e.name
        assert e.checked in ("engineering", "product", "derived") or not own, e.name


def test_the_weakest_grade_is_the_one_told() -> None:
    assert evidence.weakest_grade(["spike_pooled_hrr", "spike_graded_from"]) == "contested"
    assert evidence.weakest_grade(["descent_grade_load", "spike_pooled_hrr"]) == "mechanistic"


def test_the_numbers_in_the_model_page_are_the_tables() -> None:
    page = (PROJECT / "docs" / "model.md").read_text(encoding="utf-8")
    quoted = re.findall(r"`(\w+)` = ([\d.]+\d|\d+)", page)
    assert len(quoted) >= 15
    assert [q for q in quoted if evidence.value(q[0]) != float(q[1])] == []


def test_the_documentation_page_is_the_table() -> None:
    page = (PROJECT / "docs" / "evidence.md").read_text(encoding="utf-8")
    assert page == evidence.render_markdown()
