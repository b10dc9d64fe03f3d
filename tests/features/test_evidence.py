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
from pipelines.citations import cited, uses

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


# Entries that no code asks for yet, each with the reason why it may stay.
NOBODYS = {
    "cadence_max_spm": "the rule is told, but no decoder judges a single cadence by it yet",
    "week_days": "the look back of seven days is in the features' own windows",
}


def test_every_entry_is_used_by_somebody() -> None:
    unused = {name for name, places in uses().items() if not places}
    assert unused == set(NOBODYS), "cite it where it acts, or take it out of the table"


def test_the_search_for_uses_finds_names_that_are_put_together(tmp_path: Path) -> None:
    python = tmp_path / "some.py"
    python.write_text('evidence.value(f"spike_{stage}_from")\nnames = ["a", "not a name"]\n')
    assert {"spike_*_from", "a"} <= cited(python)
    assert "not a name" not in cited(python)
    assert "reports/alerts.py" in uses()["spike_moderate_from"]
    assert "the working of spike_pooled_hrr" in uses()["spike_small_hrr"]


# Numbers that may stand in a condition of features/ or models/, and why. Everything else is an entry of the table.
STRUCTURAL = {
    "features/evidence.py: e.value < 100000.0": "how a number is written on the page",
    "features/training_log.py: 0 <= value <= 10": "the rating scale itself",
    "features/per_activity/own_day.py: -12 <= hours <= 14": "the world's time zones",
    "features/views/same_workout.sql: > 1800": "half of the hour by which a clock is shifted",
    "models/probes.py: low > 0.5": "the area under the curve of pure chance",
    "models/probes.py: found.low > 0.5": "the area under the curve of pure chance",
    "models/probes.py: tree.n_classes_ == 2": "a tree of two classes",
    "models/splits.py: 2 <= folds <= athletes": "fewer than two folds are none",
}
INVENTED = ("models/simulation.py", "models/simulated_")  # made-up athletes: nothing acts on a person
COUNTS = re.compile(r"^(len|np\.count_nonzero)\(")  # how many points a formula needs at least
FEW = 4


def bare_in_python(text: str) -> Iterator[str]:
    """Comparisons with a number other than 0 and 1, as code; counts of a few points left out."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Compare):
            numbers = [n for n in map(number_in, (node.left, *node.comparators)) if n is not None]
            is_count = COUNTS.match(ast.unparse(node.left)) and all(n <= FEW for n in numbers)
            if not is_count and any(abs(n) not in (0, 1) for n in numbers):
                yield ast.unparse(node)


def number_in(node: ast.expr) -> float | None:
    inner = node.operand if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) else node
    if isinstance(inner, ast.Constant) and type(inner.value) in (int, float):
        return float(inner.value)
    return None


def bare_in_sql(text: str) -> Iterator[str]:
    """Comparisons with a number other than 0 and 1, comments and quoted words aside."""
    code = re.sub(r"--.*|'[^']*'", "''", text)
    after = r"(?:<=|>=|<>|<|>|=|\bbetween\b)\s*(-?\d+(?:\.\d+)?)\b"
    before = r"\b(\d+(?:\.\d+)?)\s*(?:<=|>=|<>|<|>)"
    for found in re.finditer(f"{after}|{before}", code):
        if abs(float(found[1] or found[2])) not in (0, 1):
            yield found[0]


def bare_thresholds() -> Iterator[str]:
    for storey in ("features", "models"):
        for path in sorted((PROJECT / storey).rglob("*")):
            name = path.relative_to(PROJECT).as_posix()
            if path.suffix in (".py", ".sql") and not name.startswith(INVENTED):
                bare = bare_in_python if path.suffix == ".py" else bare_in_sql
                yield from (f"{name}: {code}" for code in bare(path.read_text(encoding="utf-8")))


def test_no_threshold_stands_bare_in_features_or_models() -> None:
    assert set(bare_thresholds()) <= set(STRUCTURAL), "give it an entry in features/evidence_table"


def test_the_list_of_structural_numbers_names_nothing_that_is_gone() -> None:
    assert set(STRUCTURAL) - set(bare_thresholds()) == set()


def test_the_search_for_bare_thresholds_finds_them() -> None:
    python = "a > 0\nb >= 30\nif -2.5 < c < 1: pass\nlen(d) < 2\nlen(e) < 100\nf == 'x'"
    assert list(bare_in_python(python)) == ["b >= 30", "-2.5 < c < 1", "len(e) < 100"]
    sql = "case when a > 0 and b >= 34 -- c > 5\n or 7 < d or e = 'x > 9' or f between 3 and 4"
    assert list(bare_in_sql(sql)) == [">= 34", "7 <", "between 3"]


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
    mechanistic, moderate = value("shrinkage_mechanistic"), value("shrinkage_moderate")
    large, injury = value("spike_large_hrr"), value("previous_injury_hr")
    assert value("level_guarded_from") == floor(1000 * value("descent_grade_load") ** mechanistic) / 1000
    assert value("level_elevated_from") == floor(1000 * value("spike_pooled_hrr") ** moderate) / 1000
    assert value("level_high_from") == floor(1000 * large**moderate) / 1000
    assert value("total_hazard_cap") == floor(100 * (large * injury) ** moderate) / 100
    assert value("return_hrr") == large
    assert value("knee_load_novelty_hrr") == value("spike_pooled_hrr")
    assert value("null_effect_sd") == round(log(evidence.entry("spike_pooled_hrr").low or 0) / 2, 2)
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
