"""The tables of features hold what the features' SQL says, whoever works it out: DuckDB or NumPy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from training import MONDAY, rebuild

from features import catalog, windows
from features.catalog import Feature, Grain
from pipelines.warehouse import feature_plan, feature_tables, store

# days of athletes and of pairs: shorter than any window, as long as some, longer than the longest
LENGTHS = (1, 2, 7, 8, 31, 55, 183, 400, 430)
GRAINS = (catalog.daily(), catalog.shoe_daily())

# a value is unknown, nothing, one of few (so that two are the largest), or one of many; months of no count follow
# on months of some, as many a feature is known only where a count of days is nothing
COUNT = "case when {of_ten} > 1 then {any} % 4 * (nth // 61 % 2) end"
ANYTHING = {
    "DOUBLE": "case {of_ten} when 0 then null when 1 then null when 2 then 0 when 3 then 0 when 4 then {any} % 3 "
    "else {any} % 1000000 / 7 end",
    "BOOLEAN": "case when {of_ten} > 0 then {any} % 2 = 0 end",
    **dict.fromkeys(("INTEGER", "BIGINT", "HUGEINT"), COUNT),
    "VARCHAR": "case when {of_ten} > 1 then chr(97 + ({any} % 26)::integer) end",
}
NAMED = {"turn_day": "nth % 366", "first_day": "date '2025-12-31'", "bought_on": "date '2026-02-01'"}


@pytest.fixture(scope="module")
def db() -> Iterator[store.Db]:
    """A warehouse in which any column of a day is unknown here and there, whatever its view promises."""
    with store.open_for_writing(Path(":memory:")) as db:
        rebuild(db, MONDAY)
        for grain in GRAINS:
            fill(db, grain)
        yield db


def fill(db: store.Db, grain: Grain) -> None:
    """Days in no order at all; of nine athletes, or of nine pairs of three athletes."""
    columns = [
        f"({anything(name, kind)})::{kind} as {name}"
        for name, kind, *_ in db.execute(f"describe {grain.view}").fetchall()
        if name not in (*grain.owner, "day")
    ]
    athlete = "number % 3" if "shoe" in grain.owner else "number"
    shoe = "'pair ' || number as shoe," if "shoe" in grain.owner else ""
    numbered = ", ".join(f"({number}, {days})" for number, days in enumerate(LENGTHS))
    db.execute(
        f"create or replace temp table some_days as with owner as (from (values {numbered}) as owner (number, days)) "
        f"select 'athlete ' || {athlete} as athlete, {shoe} date '2026-01-01' + nth::integer as day, "
        f"{', '.join(columns)} from owner, unnest(range(days)) as days (nth) order by hash(number, nth)"
    )
    db.execute(f"drop table {grain.view}")
    db.execute(f"create table {grain.view} as from some_days")


def anything(name: str, kind: str) -> str:
    if name in NAMED:
        return NAMED[name]
    dice = {"of_ten": f"hash(number, nth, '{name}') % 10", "any": f"(hash(nth, number, '{name}') // 10)"}
    return ANYTHING[kind].format(**dice)


def both_ways(
    db: store.Db, grain: Grain, rows_at_once: int = 500
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Each feature as its table has it, and as DuckDB alone works it out; NaN is NULL."""
    feature_tables.make(db, "made", grain, rows_at_once)
    db.execute(f"create or replace table plain as {catalog.features_sql(grain)}")
    by = ", ".join([*grain.owner, "day"])
    told = [f"{f.name}::double as {f.name}" for f in grain.features]
    made, plain = (
        db.execute(f"select {by}, {', '.join(told)} from {table} order by {by}").fetchnumpy()
        for table in ("made", "plain")
    )
    for name in (*grain.owner, "day"):
        assert (made[name] == plain[name]).all()
    return {f.name: (filled(made[f.name]), filled(plain[f.name])) for f in grain.features}


def filled(found: np.ndarray) -> np.ndarray:
    return np.ma.filled(np.ma.asarray(found, dtype=float), np.nan)


@pytest.mark.parametrize("grain", GRAINS, ids=lambda grain: grain.view)
@pytest.mark.parametrize("rows_at_once", [1, 500, 1_000_000])
def test_every_feature_is_what_its_sql_says(db: store.Db, grain: Grain, rows_at_once: int) -> None:
    found = both_ways(db, grain, rows_at_once)
    for name, (made, plain) in found.items():
        np.testing.assert_allclose(made, plain, rtol=1e-9, atol=1e-9, err_msg=name)
        assert len(made) == sum(LENGTHS)
        assert np.isfinite(plain).any(), name


def feature(name: str, sql: str) -> Feature:
    return Feature(name, "", "", (), "", sql)


CALLS = {
    "sum": "sum(distance_m) over {}",
    "whole_sum": "sum(runs) over {}",
    "largest": "max(distance_m) over {}",
    "last_day": "day - max(case when runs > 2 then day end) over {}",
    "first": "first_value(distance_m) over {}",
    "counted": "count_if(runs > 1) over {}",
    "only_some": "sum(distance_m) filter (where runs > 1 and 'a)' <> 'b') over {}",
    "of_three": "sum(greatest(distance_m, descent_m, 5)) over {}",
    "best": "arg_max(descent_m, runs) over {}",
    "best_of_some": "arg_max(runs, distance_m) filter (where descent_m > 100) over {}",
    "spread": "stddev_samp(distance_m) over {}",
    "whole_spread": "stddev_samp(runs) over {}",
    # left to DuckDB
    "median": "median(distance_m) over {} + max(distance_m) over {}",
    "days": "count(*) over {}",
    "values": "count(distinct runs) over {}",
    "decimals": "sum(runs * 0.5) over {}",
}


@pytest.mark.parametrize("window", windows.frames())
def test_every_function_says_the_same_of_every_window(db: store.Db, window: str) -> None:
    asked = tuple(feature(name, sql.format(window, window)) for name, sql in CALLS.items())
    for name, (made, plain) in both_ways(db, replace(catalog.daily(), features=asked)).items():
        np.testing.assert_allclose(made, plain, rtol=1e-9, atol=1e-9, err_msg=name)


def test_of_todays_features_nothing_is_left_to_duckdb(db: store.Db) -> None:
    for grain in GRAINS:
        assert " over " not in feature_plan.plan_of(db, grain).features_sql


def test_a_sum_of_nothing_is_exactly_nothing_whatever_went_before(db: store.Db) -> None:
    """Differences of running totals would leave a trace of the billions."""
    amount = (
        "case when day < date '2026-02-01' then 1e15 / 3 when day < date '2026-05-01' then 0 else 0.1 end"
    )
    asked = (
        feature("total", f"sum({amount}) over last_7_days"),
        feature("spread", f"stddev_samp({amount}) over last_7_days"),
    )
    found = both_ways(db, replace(catalog.daily(), features=asked))
    total, spread = found["total"][0], found["spread"][0]
    assert (total == 0).sum() > 80
    assert np.nanmin(total[total > 0]) == 0.1
    assert (spread == 0).sum() > 80
    np.testing.assert_array_equal(total == 0, found["total"][1] == 0)


def test_nobody_has_no_days(db: store.Db) -> None:
    with store.open_for_writing(Path(":memory:")) as empty:
        rebuild(empty, MONDAY)
        for table, grain in (("athlete_day", catalog.daily()), ("shoe_state", catalog.shoe_daily())):
            assert empty.execute(f"select * from {table}").fetchall() == []
            columns = [name for name, *_ in empty.execute(f"describe {table}").fetchall()]
            assert columns == [*grain.owner, "day", *(f.name for f in grain.features)]
