"""Twenty runners' weeks in one real home: recordings, check-ins and shoes in; report, plan and alerts out.

Each is told with the level, pain state and alerts that are right for it, worked out from the evidence review
(numbers as in ``models/test_thirty_weeks.py``), and why. The week is 9 to 15 November 2026, today the Monday after.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from training import history, run

from features.training_log import (
    Activity,
    Athlete,
    CheckIn,
    Condition,
    Injury,
    Onset,
    Shoe,
    Side,
    Surface,
    Symptom,
    Week,
)
from models.verdict import Level
from pipelines import settings, steps
from pipelines.logbook import shoe_rules, shoes
from pipelines.logbook.shoe_rules import ShoeRule
from pipelines.logbook.store import Logbook
from pipelines.steps import Home
from pipelines.story import build_story
from pipelines.telling import due
from pipelines.warehouse import store
from reports.alerts import Notice
from reports.week_story import WeekStory

SUNDAY = date(2026, 11, 15)
TODAY = SUNDAY + timedelta(days=1)
WEEKS = 26
DESCENT_M = 60.0
PACE_MIN = 5.75


@dataclass(frozen=True)
class Persona:
    """``week`` are the week's runs as (days before Sunday, km, metres of descent); before it are 25 weeks of
    8, 8 and 12 km but for the last ``pause`` weeks, or ``before`` alone. A distance of None was not measured.
    ``shift`` moves those to earlier weekdays.
    ``pairs`` are (name, days since bought, weekday they are worn on)."""

    key: str
    story: str
    level: Level
    pain: str
    alerts: tuple[str, ...]
    why: str
    week: tuple[tuple[int, float | None, float], ...] = ((5, 8, 60), (3, 8, 60), (0, 12, 60))
    pause: int = 0
    shift: int = 0
    before: tuple[tuple[int, float], ...] | None = None
    told: tuple[CheckIn, ...] = ()
    who: Athlete = Athlete("", "", "Europe/Berlin", 1986)
    pairs: tuple[tuple[str, int, int | None], ...] = (("Blue", 60, None), ("Grey", 40, 7))


def felt(days_ago: int, *symptoms: Symptom, **words: object) -> CheckIn:
    return CheckIn("", SUNDAY - timedelta(days=days_ago), symptoms=frozenset(symptoms), **words)  # type: ignore[arg-type]


def injured(days_ago: int) -> tuple[Injury, ...]:
    ended = SUNDAY - timedelta(days=days_ago)
    return (Injury("", "knee", Side.RIGHT, ended - timedelta(days=60), ended),)


WELL = (felt(0, pain_running=0, pain_after=0, pain_next_morning=0),)
PLAIN = Persona.who

PERSONAS = (
    Persona(
        "01-nothing-to-worry-about", "Three runs as ever, knees fine, two pairs in turn", Level.LOW, "calm", (),
        "1.2, 1.3: no run above the longest of 30 days; told of no pain; nothing is due", told=WELL,
    ),
    Persona(
        "02-first-weeks", "Nine days on record, the newest run twice the first", Level.UNKNOWN, "none_reported", (),
        "1.2 compares with 30 days, which are not there: unknown, no alert and never low",
        before=((8, 3.0),), week=((5, 4, 20), (0, 6, 20)), pairs=(),
    ),
    Persona(
        "03-a-week-off", "Half a year of running, then nothing for two weeks", Level.UNKNOWN, "none_reported",
        ("no_data silent",), "1.2 needs a run: silence is not low; ten days without data are told once",
        week=(), pause=1,
    ),
    Persona(
        "04-eight-percent-longer", "A long run 8 % beyond the longest of the month", Level.GUARDED, "calm", (),
        "1.4: rates rise below +10 %, size unknown; care, and no alert below the study's first state",
        week=((5, 8, 60), (3, 8, 60), (0, 13, 60)), told=WELL,
    ),
    Persona(
        "05-a-fifth-longer-in-miles", "20 % longer; thinks in miles, and weeks from Sunday", Level.ELEVATED, "calm",
        ("run_spike small",), "1.3 small: 1.64 (1.31–2.05), pooled and 0.8 believed: ×1.46",
        week=((6, 8, 60), (4, 8, 60), (1, 14.4, 60)), shift=1,
        told=(felt(1, pain_running=0, pain_after=0),),
        who=Athlete("", "", "America/New_York", 1990, units="mi", week_start="sunday"),
    ),
    Persona(
        "06-twice-as-long", "26 km after months of at most 12", Level.HIGH, "calm", ("run_spike large",),
        "1.3 large: 2.28 (1.50–3.48), 0.8 believed: ×1.93; the strongest single state", week=((5, 8, 60), (0, 26, 60)),
        told=WELL,
    ),
    Persona(
        "07-down-the-mountain", "The usual kilometres, once with 500 m of descent", Level.GUARDED, "calm", (),
        "3.2, 7.14: mechanics, no injury study, half believed: ×1.11; no alert, as no study draws a line",
        week=((5, 8, 60), (3, 8, 60), (0, 12, 500)), told=WELL,
    ),
    Persona(
        "08-an-old-knee-injury", "A calm week, a knee injury that ended 100 days ago", Level.GUARDED, "calm", (),
        "6.5, 6.6: HR 1.72 (1.11–2.66) within twelve months: ×1.54, one step at most by itself", told=WELL,
        who=replace(PLAIN, injuries=injured(100)),
    ),
    Persona(
        "09-old-injury-and-a-jump", "The same injury, and a run 20 % longer", Level.HIGH, "calm", ("run_spike small",),
        "1.3 and 6.6: 1.46 × 1.54 = 2.25, two moderate causes; exercises stay, the run gets shorter",
        week=((5, 8, 60), (3, 8, 60), (0, 14.4, 60)), told=WELL, who=replace(PLAIN, injuries=injured(100)),
    ),
    Persona(
        "10-back-after-six-weeks", "First run after 45 days, 5 km", Level.ELEVATED, "calm", (),
        "12.1: no reference in 30 days; half of a large spike; run-walk before length", week=((0, 5, 20),), pause=6,
        told=WELL,
    ),
    Persona(
        "11-sore-for-a-day", "2 of 10 while running once, 1 the next morning, in 16 weeks told of nothing else",
        Level.GUARDED, "calm", (), "8.3: up to 2 is tolerated and no worse next morning; a run in pain is never low",
        told=(felt(3, pain_running=2, pain_after=1, pain_next_morning=1, onset=Onset.GRADUAL),),
    ),
    Persona(
        "12-creeping-up", "2, then 3, then 4 of 10 over three weeks, came gradually", Level.ELEVATED, "irritated",
        ("pain_rising rising",), "8.3: above 2 is not calm; two rises in a row are told; fits with gradual pain",
        told=tuple(
            felt(days, pain_running=pain, onset=Onset.GRADUAL, side=Side.LEFT)
            for days, pain in ((14, 2), (7, 3), (0, 4))
        ),
    ),
    Persona(
        "13-too-painful-to-run", "6 of 10 while running, no other sign", Level.HIGH, "painful", (),
        "8.1, 8.2: above 5 is the stop line whatever the load; no running, no exercise until it has calmed",
        told=(felt(0, pain_running=6, side=Side.RIGHT),),
    ),
    Persona(
        "14-worse-the-next-morning", "None while running and 2 the next morning; a clinician told of gout",
        Level.ELEVATED, "irritated", (), "8.3: worse the next morning is not calm; inflammation puts a clinician first",
        told=(felt(1, pain_running=0, pain_after=0, pain_next_morning=2, side=Side.LEFT),),
        who=replace(PLAIN, conditions=frozenset({Condition.GOUT})),
    ),
    Persona(
        "15-clicks-and-stiff", "Clicking and stiffness in four check-ins, 1 to 2 of 10", Level.GUARDED, "calm", (),
        "8.12: fits with mechanical pain, in words that are no diagnosis; not settling is for a physiotherapist",
        told=tuple(
            felt(days, Symptom.CLICKING, Symptom.STIFFNESS, pain_running=pain, pain_next_morning=pain)
            for days, pain in ((21, 1), (14, 2), (7, 1), (0, 2))
        ),
    ),
    Persona(
        "16-locked-after-a-fall", "Fell on Sunday; the knee locks, swells, takes no weight", Level.HIGH, "red_flag",
        ("red_flag cannot_bear_weight", "red_flag locking", "red_flag rapid_swelling"),
        "8.10, 8.11: seen today; no run length, no exercise, no first measure beside it",
        told=(
            felt(
                0, Symptom.LOCKING, Symptom.SWELLING, pain_running=7, pain_after=8, side=Side.LEFT,
                onset=Onset.SUDDEN, can_bear_weight=False, after_trauma=True,
            ),
        ),
    ),
    Persona(
        "17-hot-with-fever", "No run to blame; the knee is hot and red, with fever", Level.HIGH, "red_flag",
        ("red_flag hot_swollen_fever",), "8.11: hot, red and fever: the same day, whatever the training",
        told=(felt(0, Symptom.WARMTH, Symptom.REDNESS, Symptom.FEVER, pain_after=5),),
    ),
    Persona(
        "18-fell-at-66", "Stumbled, 3 of 10 since; 66 years old", Level.HIGH, "red_flag", ("red_flag ottawa_knee_rule",),
        "8.10: 55 or older after a blow meets the Ottawa rule: an X-ray is decided by somebody who looks",
        told=(felt(1, pain_after=3, onset=Onset.SUDDEN, after_trauma=True, can_bear_weight=True),),
        who=replace(PLAIN, birth_year=1960),
    ),
    Persona(
        "19-one-worn-pair", "All runs in one pair, past its 600 km", Level.LOW, "calm", ("shoe due",),
        "5: no mileage is tied to injury, so the level stays low; the reminder and rotation (5.5) are told", told=WELL,
        pairs=(("Red", 160, None),),
    ),
    Persona(
        "20-a-run-without-a-distance", "One of three runs on a treadmill that measured nothing", Level.UNKNOWN,
        "none_reported", (), "1.2: the unmeasured run may have been the longest of the month",
        week=((5, 8, 60), (3, None, 0), (0, 12, 60)),
    ),
)  # fmt: skip


@contextmanager
def home_of_all(folder: Path) -> Iterator[tuple[Home, store.Db]]:
    """Everyone in one home, measured and assessed once."""
    (folder / settings.CONFIG_NAME).write_text(f"today = {TODAY}\n", encoding="utf-8")
    config = settings.load(folder)
    with steps.open_home(config) as home, store.open_for_writing(config.warehouse_path) as db:
        for one in PERSONAS:
            _tell(home.logbook, one)
            history(db, list(_runs(one)))
        steps.measure(home, db)
        steps.assess(home, db)
        yield home, db


def story_of(home: Home, db: store.Db, one: Persona) -> WeekStory:
    athlete = home.logbook.athlete(one.key)
    return build_story(home.settings, home.logbook, db, athlete, Week.parse("2026-W46", athlete.week_start))


def alerts_of(home: Home, db: store.Db, one: Persona) -> tuple[Notice, ...]:
    return due.due(home, db, home.logbook.athlete(one.key))


def _tell(logbook: Logbook, one: Persona) -> None:
    name = one.key[3:].replace("-", " ").capitalize()
    injuries = tuple(replace(i, athlete=one.key) for i in one.who.injuries)
    logbook.add_athlete(replace(one.who, id=one.key, name=name, injuries=injuries))
    for told in one.told:
        logbook.put_check_in(replace(told, athlete=one.key))
    for pair, days, weekday in one.pairs:
        bought, number = SUNDAY - timedelta(days=days), pair.lower()
        shoes.add_shoe(logbook, Shoe(number, one.key, pair, bought))
        shoe_rules.add_rule(logbook, ShoeRule(one.key, number, bought, weekday=weekday))


def _runs(one: Persona) -> Iterator[Activity]:
    """Twenty-five usual weeks unless told otherwise, then the week itself; steady, on roads, with heart rate."""
    usual = [
        (7 * n + d + one.shift, km)
        for n in range(1 + one.pause, WEEKS)
        for d, km in ((5, 8.0), (3, 8.0), (0, 12.0))
    ]
    before = usual if one.before is None else one.before
    for days, km, descent_m in (*((days, km, DESCENT_M) for days, km in before), *one.week):
        is_measured = km is not None
        yield run(
            SUNDAY - timedelta(days=days),
            km,
            minutes=PACE_MIN * km if km is not None else 40.0,
            descent_m=descent_m if is_measured else None,
            athlete=one.key,
            surface=Surface.HARD if is_measured else Surface.TREADMILL,
            sub_sport=None if is_measured else "treadmill",
            heart_rate_share=1.0,
        )
