"""The tables of features hold what the features' SQL says, whoever works it out: DuckDB or NumPy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from training import MONDAY, rebuild

from features import catalog, windows
from features.catalog import LookingBack
from pipelines.warehouse import feature_plan, feature_tables, store

# days of athletes and of pairs: shorter than any window, as long as some, longer than the longest
LENGTHS = (1, 2, 7, 8, 31, 55, 183, 400, 430)
ASKED = (catalog.daily(), *filter(None, map(catalog.looking_back, catalog.views())))

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
AS_NUMBER = {"DATE": "({} - date '2000-01-01')::double", "BOOLEAN": "{}::integer::double"}
NAMED = {"turn_day": "nth % 366", "first_day": "date '2025-12-31'", "bought_on": "date '2026-02-01'"}


@pytest.fixture(scope="module")
def db() -> Iterator[store.Db]:
    """A warehouse in which any column of a day is unknown here and there, whatever its view promises."""
    with store.open_for_writing(Path(":memory:")) as db:
        rebuild(db, MONDAY)
        for asked in ASKED:
            fill(db, asked)
        yield db


def fill(db: store.Db, asked: LookingBack) -> None:
    """Days in no order at all; of nine athletes, or of nine pairs of three athletes."""
    columns = [
        f"({anything(name, kind)})::{kind} as {name}"
        for name, kind, *_ in db.execute(f"describe {asked.view}").fetchall()
        if name not in (*asked.owner, "day")
    ]
    athlete = "number % 3" if "shoe" in asked.owner else "number"
    shoe = "'pair ' || number as shoe," if "shoe" in asked.owner else ""
    numbered = ", ".join(f"({number}, {days})" for number, days in enumerate(LENGTHS))
    db.execute(
        f"create or replace temp table some_days as with owner as (from (values {numbered}) as owner (number, days)) "
        f"select 'athlete ' || {athlete} as athlete, {shoe} date '2026-01-01' + nth::integer as day, "
        f"{', '.join(columns)} from owner, unnest(range(days)) as days (nth) order by hash(number, nth)"
    )
    for name in {asked.view, asked.spine}:
        (kind,) = db.execute(
            "select table_type from information_schema.tables where table_name = ?", [name]
        ).fetchall()[0]
        db.execute(f"drop {'view' if kind == 'VIEW' else 'table'} {name}")
        db.execute(f"create table {name} as from some_days")


def anything(name: str, kind: str) -> str:
    if name in NAMED:
        return NAMED[name]
    dice = {"of_ten": f"hash(number, nth, '{name}') % 10", "any": f"(hash(nth, number, '{name}') // 10)"}
    return ANYTHING[kind].format(**dice)


def both_ways(
    db: store.Db, asked: LookingBack, rows_at_once: int = 500
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Each column as its table has it, and as DuckDB alone works it out; NaN is NULL."""
    feature_tables.make(db, "made", asked, rows_at_once=rows_at_once)
    db.execute(f"create or replace table plain as {asked.sql()}")
    key = (*asked.owner, "day")
    types = {name: kind for name, kind, *_ in db.execute("describe plain").fetchall() if name not in key}
    numbers = [f"{AS_NUMBER.get(kind, '{}::double').format(name)} as {name}" for name, kind in types.items()]
    made, plain = (
        db.execute(
            f"select {', '.join([*key, *numbers])} from {table} order by {', '.join(key)}"
        ).fetchnumpy()
        for table in ("made", "plain")
    )
    for name in key:
        assert (made[name] == plain[name]).all()
    return {name: (filled(made[name]), filled(plain[name])) for name in types}


def filled(found: np.ndarray) -> np.ndarray:
    return np.ma.filled(np.ma.asarray(found, dtype=float), np.nan)


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.view)
@pytest.mark.parametrize("rows_at_once", [1, 500, 1_000_000])
def test_every_column_is_what_its_sql_says(db: store.Db, asked: LookingBack, rows_at_once: int) -> None:
    found = both_ways(db, asked, rows_at_once)
    for name, (made, plain) in found.items():
        np.testing.assert_allclose(made, plain, rtol=1e-9, atol=1e-9, err_msg=name)
        assert len(made) == sum(LENGTHS)
        assert np.isfinite(plain).any(), name


def of_days(columns: dict[str, str]) -> LookingBack:
    """These columns of athletes' days."""
    told = ["athlete", "day", *(f"{sql} as {name}" for name, sql in columns.items())]
    return replace(catalog.daily(), columns=", ".join(told))


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
    # of two columns that are known whenever they are ranked, and of one that is not, by the same rank
    "best_known": "arg_max(coalesce(descent_m, -1), runs) over {}",
    "best_known_too": "arg_max(coalesce(distance_m, -2), runs) over {}",
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
    asked = of_days({name: sql.format(window, window) for name, sql in CALLS.items()})
    for name, (made, plain) in both_ways(db, asked).items():
        np.testing.assert_allclose(made, plain, rtol=1e-9, atol=1e-9, err_msg=name)


def test_of_todays_features_nothing_is_left_to_duckdb(db: store.Db) -> None:
    for asked in ASKED:
        assert " over " not in feature_plan.plan_of(db, asked).sql


def test_a_sum_of_nothing_is_exactly_nothing_whatever_went_before(db: store.Db) -> None:
    """Differences of running totals would leave a trace of the billions."""
    amount = (
        "case when day < date '2026-02-01' then 1e15 / 3 when day < date '2026-05-01' then 0 else 0.1 end"
    )
    found = both_ways(
        db,
        of_days(
            {
                "total": f"sum({amount}) over last_7_days",
                "spread": f"stddev_samp({amount}) over last_7_days",
            }
        ),
    )
    total, spread = found["total"][0], found["spread"][0]
    assert (total == 0).sum() > 80
    assert np.nanmin(total[total > 0]) == 0.1
    assert (spread == 0).sum() > 80
    np.testing.assert_array_equal(total == 0, found["total"][1] == 0)


def test_nobody_has_no_days(db: store.Db) -> None:
    with store.open_for_writing(Path(":memory:")) as empty:
        rebuild(empty, MONDAY)
        for table, key, features in (
            ("athlete_day", ("athlete", "day"), catalog.per_day()),
            ("shoe_state", ("athlete", "shoe", "day"), catalog.per_shoe()),
        ):
            assert empty.execute(f"select * from {table}").fetchall() == []
            columns = [name for name, *_ in empty.execute(f"describe {table}").fetchall()]
            assert columns == [*key, *(f.name for f in features)]
