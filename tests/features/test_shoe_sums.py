"""Whatever is said of shoes, in whatever order: no metre of a run is lost, and none counts twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from training import MONDAY, history, run

from features.training_log import Athlete, Shoe
from pipelines import measuring
from pipelines.errors import KneewiseError
from pipelines.logbook import shoe_rules, shoe_wear, shoes, tables
from pipelines.logbook.store import Logbook, open_logbook
from pipelines.warehouse import store, writing

RUNS = [run(day, 1.0 + day, sub_sport="trail" if day % 3 else None) for day in range(0, 24, 2)]
WALKS = [run(day, 3.0, sport="walking") for day in range(1, 24, 6)]
LAST_DAY = MONDAY + timedelta(days=24)
SHOE_VIEWS = ("shoe_worn", "run_shoe", "shoe_day")
COPIES = ("shoe", "shoe_rule", "shoe_assignment", "shoe_break")

PAIR_NAMES = ("red", "blue", "green")
days = st.integers(-3, 27).map(lambda n: MONDAY + timedelta(days=n))
pairs = st.sampled_from(PAIR_NAMES)
recordings = st.sampled_from([a.id for a in (*RUNS, *WALKS)])
kilometres = st.none() | st.integers(0, 30).map(lambda km: km * 1000.0)
parts = st.dictionaries(st.sampled_from([*PAIR_NAMES, shoe_wear.NO_SHOE]), st.integers(1, 9), min_size=1)
rules = st.builds(
    shoe_rules.ShoeRule,
    athlete=st.just("ada"),
    shoe=pairs,
    from_day=days,
    to_day=st.none() | days,
    sub_sport=st.sampled_from([None, "trail"]),
    weekday=st.none() | st.integers(1, 7),
    sport=st.sampled_from([None, "running", "walking"]),
    surface=st.sampled_from([None, "natural"]),
    min_distance_m=kilometres,
    max_distance_m=kilometres,
)
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("rule"), rules),
        st.tuples(st.just("end"), st.integers(1, 5), days),
        st.tuples(st.just("by hand"), recordings, parts),
        st.tuples(st.just("undo"), recordings),
        st.tuples(st.just("export"), recordings, pairs),
        st.tuples(st.just("retire"), pairs, days),
        st.tuples(st.just("bring back"), pairs, days),
        st.tuples(st.just("change"), pairs, days, st.integers(1, 900)),
    ),
    min_size=1,
    max_size=12,
)


@pytest.fixture(scope="module")
def logbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logbook]:
    with open_logbook(tmp_path_factory.mktemp("shoes") / "logbook.sqlite") as opened:
        opened.add_athlete(Athlete("ada", "Ada"))
        yield opened


@pytest.fixture(scope="module")
def db() -> Iterator[store.Db]:
    with store.open_for_writing(Path(":memory:")) as opened:
        history(opened, [*RUNS, *WALKS])
        measuring.measure(opened, LAST_DAY)
        yield opened


def start_anew(logbook: Logbook) -> None:
    with logbook.engine.begin() as told:
        for name in COPIES:
            told.execute(tables.metadata.tables[name].delete())
    for name in PAIR_NAMES:
        shoes.add_shoe(logbook, Shoe(name, "ada", name, MONDAY, initial_distance_m=10_000.0))
    shoe_rules.add_rule(logbook, shoe_rules.ShoeRule("ada", "red", MONDAY))


def do(logbook: Logbook, what: str, *told: object) -> None:
    """One thing that an athlete, or an export, may say; what is refused changes nothing."""
    try:
        match what, *told:
            case "rule", shoe_rules.ShoeRule() as rule:
                shoe_rules.add_rule(logbook, rule)
            case "end", int(nth), date() as day:
                numbers = [rule.id for rule in shoe_rules.rules(logbook, "ada")]
                shoe_rules.end_rule(logbook, "ada", numbers[nth % len(numbers)] or 0, day)
            case "by hand", str(recording), dict(weights):
                whole = sum(weights.values())
                shares = {pair: weight / whole for pair, weight in weights.items()}
                shoe_wear.assign(logbook, "ada", [recording], shares)
            case "undo", str(recording):
                shoe_wear.unassign(logbook, "ada", [recording])
            case "export", str(recording), str(pair):
                shoe_wear.take_over(logbook, "ada", [(recording, pair)], {recording: MONDAY})
            case "retire", str(pair), date() as day:
                shoes.retire_shoe(logbook, "ada", pair, day)
            case "bring back", str(pair), date() as day:
                shoes.bring_back(logbook, shoes.shoe(logbook, "ada", pair), day)
            case "change", str(pair), date() as day, int(km):
                known = shoes.shoe(logbook, "ada", pair)
                shoes.change_shoe(logbook, replace(known, bought_on=day, limit_m=km * 1000.0, limit_days=km))
    except KneewiseError:
        pass


def measure(logbook: Logbook, db: store.Db) -> None:
    told = logbook.everything_told()
    for name in COPIES:
        writing.replace(db, name, told[name])
    writing.make_views(db, SHOE_VIEWS, LAST_DAY)


def metres(db: store.Db, query: str) -> dict[object, float]:
    return dict(db.execute(query).fetchall())


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=deeds)
def test_pairs_and_no_pair_sum_to_the_runs(
    logbook: Logbook, db: store.Db, said: list[tuple[object, ...]]
) -> None:
    start_anew(logbook)
    for what, *told in said:
        do(logbook, str(what), *told)
    measure(logbook, db)

    shares = metres(db, "select activity_id, sum(share) from run_shoe group by activity_id")
    assert shares == pytest.approx({a.id: 1.0 for a in RUNS})
    by_run = metres(db, "select activity_id, sum(distance_m) from run_shoe group by activity_id")
    assert by_run == pytest.approx({a.id: a.distance_m for a in RUNS})

    worn = metres(db, "select shoe, sum(distance_m) from shoe_worn where shoe is not null group by shoe")
    on_pairs = metres(
        db, "select shoe, sum(distance_m) from shoe_day group by shoe having sum(distance_m) > 0"
    )
    assert on_pairs == pytest.approx(worn)
    walked = metres(db, "select activity_id, sum(share) from shoe_worn where sport = 'walking' group by all")
    assert all(0 < share <= 1 + 1e-9 for share in walked.values())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=deeds, day=days, km=st.integers(1, 900))
def test_limits_and_a_break_of_no_day_move_no_metre(
    logbook: Logbook, db: store.Db, said: list[tuple[object, ...]], day: date, km: int
) -> None:
    start_anew(logbook)
    for what, *told in said:
        do(logbook, str(what), *told)
    in_use = [pair for pair in shoes.shoes(logbook, "ada") if pair.retired_on is None]
    measure(logbook, db)
    before = db.execute("from shoe_worn order by all").fetchall()
    for pair in in_use:
        shoes.change_shoe(logbook, replace(pair, limit_m=km * 1000.0, limit_days=km, name="Other"))
        shoes.retire_shoe(logbook, "ada", pair.id, day)
        shoes.bring_back(logbook, shoes.shoe(logbook, "ada", pair.id), day + timedelta(days=1))
    measure(logbook, db)
    assert db.execute("from shoe_worn order by all").fetchall() == before
