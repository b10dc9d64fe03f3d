"""The week's exercises: what suits which week, that every limit holds, and that the search finds the best there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import combinations, pairwise, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from knee_weeks import SUNDAY, check_in, felt, knee_injury, runner, spiked, verdict, week

from features import evidence
from features.training_log import Athlete, CheckIn, Condition, DayFeatures, Symptom
from models import exercise_choice
from models.exercise_choice import LEFT_OUT_CODES, NOTHING_CODES, NOTHING_KNOWN, Practice, choose
from models.exercise_days import DaySet, day_sets
from models.exercise_load import session_m
from models.exercise_needs import LEADING_NEEDS
from models.exercise_plan import ExercisePlan
from models.exercise_search import Candidate, Room, fits, load_m, needs_answered, solve
from models.exercises import by_id, library
from models.knee_pain import knee_pain
from models.progress import DoneExercise
from models.running_week import RanOn, RunningWeek

MONDAY = SUNDAY + timedelta(days=1)
FULL_GYM = ("band", "bike")
HEAVY = {"wall_sit", "lunge_hold"}
BY_LOAD = [exercise.id for exercise in library()]


def planned(
    features: DayFeatures, athlete: Athlete, *told: CheckIn, practice: Practice = NOTHING_KNOWN
) -> ExercisePlan:
    state = felt(*told)
    kinds = knee_pain(told, SUNDAY, state).kinds
    known = replace(practice, pain_kinds=kinds, check_ins=told)
    return choose(verdict(features, athlete, *told), state, athlete, features, known, MONDAY, SUNDAY)


def ids(plan: ExercisePlan) -> list[str]:
    return [p.exercise.id for p in plan.chosen]


def left_out(plan: ExercisePlan) -> dict[str, str]:
    return {out.exercise.id: out.because for out in plan.left_out}


def done(
    name: str, days_ago: int, pain: int | None = 1, morning: int | None = 1, step: int = 1
) -> DoneExercise:
    return DoneExercise("ada", SUNDAY - timedelta(days=days_ago), name, step, pain, morning)


def gradual(pain: int) -> list[CheckIn]:
    return [check_in(running=pain, days_ago=days) for days in (0, 2, 4)]


BIG_WEEK = week(knee_week_usual_m=80_000.0)
WEEKS: tuple[tuple[str, DayFeatures, Athlete, list[CheckIn], list[str]], ...] = (
    # 3 km are a tenth of 30: three sessions of at most 1 km; a wall sit alone has 0.84
    ("nothing hurts", week(), runner(), [], ["quad_set", "straight_leg_raise", "seated_knee_extension", "mini_squat"]),
    # 8 km of 80: a wall sit fits on top
    ("nothing hurts in a big week", BIG_WEEK, runner(), [],
     ["quad_set", "straight_leg_raise", "seated_knee_extension", "mini_squat", "wall_sit"]),
    ("nothing hurts, and band and bike are at hand", week(), runner(equipment=FULL_GYM), [],
     ["straight_leg_raise", "stationary_bike", "terminal_knee_extension", "seated_knee_extension", "mini_squat"]),
    ("a spike without pain", spiked(1.5), runner(), [],
     ["quad_set", "straight_leg_raise", "short_arc_quad", "mini_squat"]),
    ("a knee injury this year", week(), runner(knee_injury(100), equipment=("band",)), [],
     ["quad_set", "straight_leg_raise", "terminal_knee_extension", "seated_knee_extension", "mini_squat"]),
    ("a little pain", week(), runner(), [check_in(running=2)],
     ["heel_slide", "quad_set", "straight_leg_raise", "seated_knee_extension", "mini_squat"]),
    ("a flare", week(), runner(equipment=FULL_GYM), [check_in(running=4)],
     ["heel_slide", "quad_set", "straight_leg_raise"]),
    ("a swollen knee", week(), runner(), [check_in(Symptom.SWELLING)], ["quad_set", "straight_leg_raise"]),
    ("too much pain", week(), runner(), [check_in(running=6)], []),
    ("a locked knee", week(), runner(), [check_in(Symptom.LOCKING)], []),
    ("no usual week", week(weekly_distance_usual_m=None), runner(), [],
     ["quad_set", "straight_leg_raise", "mini_squat"]),
)  # fmt: skip


@pytest.mark.parametrize("story, features, athlete, told, expected", WEEKS, ids=[w[0] for w in WEEKS])
def test_the_choice_fits_the_week(
    story: str, features: DayFeatures, athlete: Athlete, told: list[CheckIn], expected: list[str]
) -> None:
    assert ids(planned(features, athlete, *told)) == expected, story


def test_gradual_pain_swaps_short_arcs_for_seated_extension_from_90_to_45_degrees() -> None:
    without_pain = planned(spiked(1.5, knee_week_usual_m=80_000.0), runner())
    assert "short_arc_quad" in ids(without_pain)
    with_it = planned(spiked(1.5, knee_week_usual_m=80_000.0), runner(), *gradual(1))
    assert "seated_knee_extension" in ids(with_it)
    assert left_out(with_it)["short_arc_quad"] == "any_pain"


@pytest.mark.parametrize(
    "condition", [Condition.GOUT, Condition.RHEUMATOID_ARTHRITIS, Condition.OSTEOARTHRITIS]
)
def test_a_condition_keeps_the_heavy_ones_away(condition: Condition) -> None:
    told = replace(runner(), conditions=frozenset({condition}))
    assert not HEAVY & set(ids(planned(BIG_WEEK, told)))
    assert left_out(planned(BIG_WEEK, told))["wall_sit"] in ("osteoarthritis", "inflammatory")


def test_every_exercise_is_either_chosen_or_left_out_with_a_reason() -> None:
    for _, features, athlete, told, _ in WEEKS:
        plan = planned(features, athlete, *told)
        assert sorted([*ids(plan), *left_out(plan)]) == sorted(BY_LOAD)
        assert set(left_out(plan).values()) <= set(LEFT_OUT_CODES)
        assert plan.nothing_because is None or plan.nothing_because in NOTHING_CODES
        assert (plan.nothing_because is None) == bool(plan.chosen)


def test_the_reason_is_the_one_that_counts() -> None:
    calm = left_out(planned(week(), runner()))
    assert calm == {
        "heel_slide": "not_wanted",
        "stationary_bike": "equipment",
        "terminal_knee_extension": "equipment",
        "short_arc_quad": "week_load",
        "wall_sit": "week_load",
        "lunge_hold": "not_yet_earned",
    }
    assert set(left_out(planned(week(), runner(), check_in(running=6))).values()) == {"knee_first"}


def test_the_ledger_makes_room_in_the_running_week() -> None:
    plan = planned(week(), runner())
    books = plan.ledger
    assert books is not None and len(plan.days) == 3
    # 20 × 0.5 × 3 s, 20 × 1.4 × 5 s and 20 × 1.9: 30 + 140 + 38 body-weight seconds × 3.92 m × 3 days
    assert books.exercise_m == pytest.approx(208 * 3.92 * 3)
    assert books.running_m == pytest.approx(30_000 - 208 * 3.92 * 3)
    assert (books.usual_running_m, books.from_distance, books.uncounted) == (30_000, True, ("quad_set",))


def test_what_was_done_for_four_weeks_is_what_the_athlete_is_used_to() -> None:
    # ten sessions of 20 squats in four weeks: 10 × 38 × 3.92 / 4
    often = tuple(done("mini_squat", 2 * n + 1) for n in range(10))
    books = planned(week(), runner(), practice=Practice(done=often)).ledger
    assert books is not None
    assert books.usual_exercise_m == pytest.approx(10 * 38 * 3.92 / 4)
    more = max(books.exercise_m - books.usual_exercise_m, 0)
    assert books.running_m == pytest.approx(30_000 - more)


def test_two_good_sessions_raise_one_step_and_no_other() -> None:
    good = Practice(done=(done("straight_leg_raise", 5), done("straight_leg_raise", 3)))
    steps = {p.exercise.id: p.step for p in planned(week(), runner(), practice=good).chosen}
    assert steps.pop("straight_leg_raise") == 2
    assert set(steps.values()) == {1}


def test_a_step_that_finds_no_room_waits_and_is_still_earned() -> None:
    climbed = Practice(
        done=tuple(done("seated_knee_extension", n, step=s) for n, s in ((9, 1), (7, 1), (5, 2), (3, 2)))
    )
    small = planned(week(knee_week_usual_m=25_000.0), runner(), practice=climbed)
    (seated,) = [p for p in small.chosen if p.exercise.id == "seated_knee_extension"]
    assert seated.earned.step == 3 and seated.step < 3


def test_the_lunge_hold_comes_once_deep_mini_squats_went_well() -> None:
    huge = week(knee_week_usual_m=200_000.0)
    earned = Practice(done=(done("mini_squat", 5, step=4),))
    few = replace(runner(), equipment=frozenset())
    before, after = planned(huge, few), planned(huge, few, practice=earned)
    assert left_out(before)["lunge_hold"] == "not_yet_earned"
    assert left_out(after)["lunge_hold"] == "enough"


def test_an_exercise_that_hurt_too_much_stops_all_until_the_knee_is_told_of() -> None:
    hurt = Practice(done=(done("mini_squat", 2, 7, 2),))
    stopped = planned(week(), runner(), practice=hurt)
    assert (stopped.chosen, stopped.nothing_because) == ((), "rescreen")
    again = planned(week(), runner(), check_in(running=0, days_ago=1), practice=hurt)
    assert again.need == "pain_told" and not HEAVY & set(ids(again))


def test_exercises_keep_away_from_hard_days_and_the_long_run() -> None:
    ran = tuple(
        RanOn(MONDAY + timedelta(days=weekday - 7 * back), km * 1000, km * 1000, weekday == 3)
        for back in range(1, 7)
        for weekday, km in ((1, 8.0), (3, 7.0), (6, 12.0))
    )
    plan = planned(week(), runner(), practice=Practice(ran=ran))
    assert [day.weekday() for day in plan.days] == [0, 2, 4]


def test_a_day_asks_for_no_more_than_the_hardest_run_of_the_month() -> None:
    # Easy runs of 11.5 km every day but the long run's; the hardest run of the month had 12 km.
    ran = tuple(
        RanOn(MONDAY + timedelta(days=weekday - 7 * back), 11_500.0 + (weekday == 6), 11_500.0, False)
        for back in range(1, 7)
        for weekday in range(7)
    )
    features = week(knee_spike_reference_7d_m=12_000.0, knee_week_usual_m=80_000.0)
    plan = planned(features, runner(), practice=Practice(ran=ran))
    assert sum(p.session_m or 0 for p in plan.chosen) <= 500
    assert left_out(plan)["seated_knee_extension"] == "day_load"


# --- the search against trying everything ---------------------------------------------------------


def brute_force(
    candidates: tuple[Candidate, ...], sets: tuple[DaySet, ...], room: Room
) -> tuple[frozenset[str], tuple[int, ...], DaySet] | None:
    """All choices, steps and days, judged by the written objective in one comparison."""
    least = min(3, len(candidates))
    enough_days = [s for s in sets if len(s.days) >= 2] or list(sets)
    best = None
    for size in range(1, min(5, len(candidates)) + 1):
        for chosen in combinations(candidates, size):
            taken = [c.exercise.id for c in chosen]
            for steps in product(*(range(1, c.earned + 1) for c in chosen)):
                for days in enough_days:
                    if not fits(chosen, steps, days, room):
                        continue
                    worth = (
                        size >= least,
                        needs_answered(chosen),
                        len(days.days),
                        tuple(dict(zip(taken, steps, strict=True)).get(c.exercise.id, 0) for c in candidates),
                        -sets.index(days),
                    )
                    if best is None or worth > best[0]:
                        best = (worth, frozenset(c.exercise.id for c in chosen), steps, days)
    return None if best is None else best[1:]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    names=st.lists(st.sampled_from(BY_LOAD), min_size=1, max_size=6, unique=True),
    data=st.data(),
    week_m=st.none() | st.floats(0, 12_000),
    day_m=st.none() | st.floats(0, 9_000),
    minutes=st.integers(3, 40),
    runs=st.lists(st.booleans(), min_size=7, max_size=7),
)
def test_the_search_finds_what_trying_everything_finds(
    names: list[str],
    data: st.DataObject,
    week_m: float | None,
    day_m: float | None,
    minutes: int,
    runs: list[bool],
) -> None:
    candidates = tuple(
        Candidate(
            by_id()[name],
            data.draw(st.integers(1, min(3, len(by_id()[name].steps)))),
            frozenset(data.draw(st.sets(st.sampled_from(LEADING_NEEDS[:3])))),
        )
        for name in names
    )
    habit = RunningWeek(tuple(runs), (False,) * 7, tuple(5_000.0 * ran for ran in runs), 6, 6)
    sets = day_sets(MONDAY, habit, None)
    room = Room(week_m, day_m, minutes * 60.0)
    found, expected = solve(candidates, sets, room), brute_force(candidates, sets, room)
    if found is None:
        assert expected is None
    else:
        assert (frozenset(c.exercise.id for c in found.chosen), found.steps, found.days) == expected


# --- limits that hold for anybody ------------------------------------------------------------------

PAINS = (None, 0, 1, 2, 3, 4, 5, 6, 8)
SESSION = st.builds(
    done,
    st.sampled_from(BY_LOAD),
    st.integers(0, 40),
    st.none() | st.integers(0, 8),
    st.none() | st.integers(0, 8),
    st.integers(1, 3),
)
SITUATION = st.fixed_dictionaries(
    {
        "ratio": st.sampled_from((0.9, 1.3, 2.5)),
        "usual_m": st.sampled_from((None, 8_000.0, 30_000.0, 90_000.0)),
        "injured": st.sampled_from((None, 30, 500)),
        "equipment": st.sampled_from(((), ("band",), FULL_GYM)),
        "conditions": st.sets(st.sampled_from(list(Condition)), max_size=2),
        "history": st.lists(SESSION, max_size=14, unique_by=lambda d: (d.day, d.exercise)),
        "weekdays": st.sets(st.integers(0, 6), max_size=6),
        "check_ins": st.integers(1, 3),
        "signs": st.sets(
            st.sampled_from([Symptom.SWELLING, Symptom.STIFFNESS, Symptom.CLICKING]), max_size=2
        ),
    }
)


def situation(told: dict, pain: int | None) -> tuple[ExercisePlan, Athlete]:  # type: ignore[type-arg]
    athlete = runner(
        *([knee_injury(told["injured"])] if told["injured"] else []), equipment=told["equipment"]
    )
    athlete = replace(athlete, conditions=frozenset(told["conditions"]))
    features = spiked(
        told["ratio"], weekly_distance_usual_m=told["usual_m"], knee_spike_reference_7d_m=15_000.0
    )
    signs = (
        [check_in(*told["signs"], running=pain, days_ago=2 * n) for n in range(told["check_ins"])]
        if pain is not None or told["signs"]
        else []
    )
    ran = tuple(
        RanOn(MONDAY + timedelta(days=day - 7 * back), 6_000.0, 6_000.0, False)
        for back in range(1, 7)
        for day in told["weekdays"]
    )
    practice = Practice(done=tuple(told["history"]), ran=ran)
    return planned(features, athlete, *signs, practice=practice), athlete


@settings(max_examples=60, deadline=None)
@given(SITUATION, st.sampled_from(PAINS))
def test_every_limit_holds_for_anybody(told: dict, pain: int | None) -> None:  # type: ignore[type-arg]
    plan, athlete = situation(told, pain)
    if pain is not None and pain > 5:
        assert plan.nothing_because == "knee_first"
    if not plan.chosen:
        assert (plan.days, plan.ledger) == ((), None)
        return
    assert len(plan.chosen) <= 5
    assert ids(plan) == sorted(ids(plan), key=BY_LOAD.index)
    assert all(p.exercise.equipment <= exercise_choice.HOUSEHOLD | athlete.equipment for p in plan.chosen)
    assert all(1 <= p.step <= p.earned.step for p in plan.chosen)
    weekdays = [day.weekday() for day in plan.days]
    assert not any((a + 1) % 7 in weekdays for a in weekdays)
    assert sum(p.session_s for p in plan.chosen) <= 40 * 60
    books = plan.ledger
    assert books is not None
    assert books.exercise_m == pytest.approx(len(plan.days) * sum(p.session_m or 0 for p in plan.chosen))
    if books.usual_running_m is not None and books.running_m is not None:
        used_to = books.usual_running_m + books.usual_exercise_m
        assert books.exercise_m + books.running_m <= used_to + 1
        assert books.exercise_m <= books.usual_exercise_m + 0.1 * books.usual_running_m + 1
    if pain or told["signs"] & {Symptom.SWELLING}:
        assert not HEAVY & set(ids(plan))


@settings(max_examples=60, deadline=None)
@given(SITUATION)
def test_more_pain_never_yields_more_load(told: dict) -> None:  # type: ignore[type-arg]
    loads = []
    for pain in (0, 1, 2, 3, 4, 5, 6):
        books = situation(told, pain)[0].ledger
        loads.append(0.0 if books is None else books.exercise_m)
    for calmer, sorer in pairwise(loads):
        assert sorer <= calmer + 0.01


@settings(max_examples=40, deadline=None)
@given(SITUATION, st.sampled_from((None, 0, 2, 4)), st.sampled_from(list(Condition)))
def test_another_contraindication_never_adds_what_it_forbids(
    told: dict,
    pain: int | None,
    condition: Condition,  # type: ignore[type-arg]
) -> None:
    with_it, _ = situation({**told, "conditions": told["conditions"] | {condition}}, pain)
    state = "osteoarthritis" if condition is Condition.OSTEOARTHRITIS else "inflammatory"
    assert not {p.exercise.id for p in with_it.chosen if state in p.exercise.not_when}


@settings(max_examples=40, deadline=None)
@given(SITUATION)
def test_no_step_above_the_first_without_two_good_sessions(told: dict) -> None:  # type: ignore[type-arg]
    plan, _ = situation(told, 0)
    for p in plan.chosen:
        good = [
            d
            for d in told["history"]
            if d.exercise == p.exercise.id
            and None not in (d.pain, d.pain_next_morning)
            and d.pain <= 2
            and d.pain_next_morning <= d.pain
        ]
        assert p.step <= 1 + len(good) // 2


@settings(max_examples=40, deadline=None)
@given(SITUATION, st.integers(0, 13), st.integers(3, 8))
def test_a_session_that_hurt_never_raises_that_exercise(told: dict, which: int, pain: int) -> None:  # type: ignore[type-arg]
    if which >= len(told["history"]):
        return
    hurt = told["history"][which]
    worse = [*told["history"]]
    worse[which] = replace(hurt, pain=pain, pain_next_morning=pain)
    steps = [
        {p.exercise.id: p.earned.step for p in situation({**told, "history": history}, 0)[0].chosen}
        for history in (told["history"], worse)
    ]
    if hurt.exercise in steps[0] and hurt.exercise in steps[1] and hurt.pain_next_morning is not None:
        assert steps[1][hurt.exercise] <= steps[0][hurt.exercise]


def test_the_same_week_always_has_the_same_plan() -> None:
    assert planned(week(), runner(equipment=FULL_GYM)) == planned(week(), runner(equipment=FULL_GYM))


def test_the_load_counted_is_that_of_the_chosen_steps() -> None:
    squat = Candidate(by_id()["mini_squat"], 2, frozenset())
    assert load_m((squat,), (2,)) == session_m(squat.exercise, squat.exercise.steps[1])
    assert evidence.value("exercises_most") == 5
