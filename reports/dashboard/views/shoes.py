"""The shoe pages in words: each pair's life and forecast, its rules, the runs it was in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from features import evidence
from features.training_log import Shoe
from reports import wording
from reports.dashboard.ports.shoes import Pairs, Rule, Worn
from reports.shoe_life import ShoeLife
from reports.wording import WEEKDAYS, Measure

SURFACES = {
    "hard": "hard ground",
    "firm": "firm ground",
    "natural": "soft, natural ground",
    "track": "a track",
    "treadmill": "a treadmill",
}
SPORTS = {"running": "runs", "walking": "walks", "hiking": "hikes"}
CHOICES = {
    "sport": {"": "Runs", "walking": "Walks", "hiking": "Hikes"},
    "sub_sport": {
        "": "Any kind",
        "trail": "Trail",
        "street": "Road",
        "track": "Track",
        "treadmill": "Treadmill",
    },
    "surface": {"": "Any ground"} | {code: wording.capitalised(words) for code, words in SURFACES.items()},
    "weekday": {"": "Any day"} | {str(n): name for n, name in enumerate(WEEKDAYS, 1)},
}
# stage → words, colour, shape
STAGES = {
    "": ("In use", "mark", "○"),
    "warn": ("Nearly there", "guarded", "▲"),
    "due": ("Check them", "elevated", "◆"),
    "retired": ("Retired", "unknown", "–"),
}
JUST_ADDED = "Added a moment ago: its runs are counted within minutes."


@dataclass(frozen=True, slots=True)
class Card:
    """One pair; ``percent`` of its life is used."""

    id: str
    name: str
    stage_words: str
    colour: str
    shape: str
    standing: str
    outlook: str
    share: str
    percent: float
    retired: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """What the form of one pair holds, in the athlete's units."""

    name: str
    bought: str
    start: str
    limit: str
    months: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    number: int
    shoe: str
    words: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class RunLine:
    activity: str
    day: str
    distance: str
    because: str


@dataclass(frozen=True, slots=True)
class ShoePage:
    athlete: str
    name: str
    units: str
    today: str
    usual_limit: str
    usual_months: str
    pairs: tuple[tuple[str, str], ...]
    in_use: tuple[Card, ...]
    retired: tuple[Card, ...]
    rules: tuple[RuleLine, ...]


def page(pairs: Pairs) -> ShoePage:
    cards = [_card(shoe, pairs) for shoe in pairs.shoes]
    unit_m = Measure(pairs.athlete.units).metres_per_unit
    return ShoePage(
        athlete=pairs.athlete.id,
        name=pairs.athlete.name,
        units=pairs.athlete.units,
        today=str(pairs.today),
        usual_limit=f"{evidence.value('shoe_limit_m') / unit_m:.0f}",
        usual_months=f"{evidence.value('shoe_limit_days') / wording.DAYS_PER_MONTH:.0f}",
        pairs=tuple((card.id, card.name) for card in cards if not card.retired),
        in_use=tuple(sorted((c for c in cards if not c.retired), key=lambda card: -card.percent)),
        retired=tuple(c for c in cards if c.retired),
        rules=tuple(_rule_line(rule, pairs) for rule in reversed(pairs.rules)),
    )


def card(pairs: Pairs, shoe: str) -> Card | None:
    return next((_card(pair, pairs) for pair in pairs.shoes if pair.id == shoe), None)


def edit(pairs: Pairs, shoe: str) -> Edit:
    pair = next(pair for pair in pairs.shoes if pair.id == shoe)
    unit_m = Measure(pairs.athlete.units).metres_per_unit
    return Edit(
        name=pair.name,
        bought=str(pair.bought_on),
        start=f"{pair.initial_distance_m / unit_m:.1f}",
        limit=f"{pair.limit_m / unit_m:.0f}",
        months=f"{pair.limit_days / wording.DAYS_PER_MONTH:.1f}".removesuffix(".0"),
    )


def runs(worn: Sequence[Worn], pairs: Pairs) -> tuple[RunLine, ...]:
    measure = Measure(pairs.athlete.units)
    return tuple(
        RunLine(w.activity, wording.long_date(w.day), _distance(w, measure), _because(w.matched_by))
        for w in worn
    )


def _card(shoe: Shoe, pairs: Pairs) -> Card:
    measure, state = Measure(pairs.athlete.units), pairs.states.get(shoe.id)
    if state is None:
        gone = shoe.retired_on is not None
        return Card(shoe.id, shoe.name, *STAGES["retired" if gone else ""], JUST_ADDED, "", "", 0.0, gone)
    life = ShoeLife(state)
    share = f"{wording.percent(state.share_28d)} of the last four weeks’ distance" if state.share_28d else ""
    percent = round(min(life.share, 1.0) * 100, 1)
    words = (life.standing(measure), life.outlook(measure), share)
    return Card(shoe.id, shoe.name, *STAGES[_stage(life)], *words, percent, life.retired)


def _stage(life: ShoeLife) -> str:
    if life.retired:
        return "retired"
    reached = life.stages
    return "" if not reached else "warn" if reached == ("warn",) else "due"


def _rule_line(rule: Rule, pairs: Pairs) -> RuleLine:
    names = {pair.id: pair.name for pair in pairs.shoes}
    is_over = rule.to_day is not None and rule.to_day < pairs.today
    return RuleLine(
        rule.number, names.get(rule.shoe, rule.shoe), rule_words(rule, pairs.athlete.units), is_over
    )


def rule_words(rule: Rule, units: str) -> str:
    """``trail runs on Sundays, from 15.0 km, since 3 May 2026``."""
    measure = Measure(units)
    parts = [
        " ".join(filter(None, ((rule.sub_sport or "").replace("_", " "), SPORTS[rule.sport or "running"])))
    ]
    if rule.surface is not None:
        parts.append(f"mostly on {SURFACES[rule.surface]}")
    if rule.weekday is not None:
        parts.append(f"on {WEEKDAYS[rule.weekday - 1]}s")
    if rule.min_distance_m is not None:
        parts.append(f"of {measure.distance(rule.min_distance_m)} or more")
    if rule.max_distance_m is not None:
        parts.append(f"shorter than {measure.distance(rule.max_distance_m)}")
    since = wording.long_date(rule.from_day)
    parts.append(
        f"from {since} on" if rule.to_day is None else f"from {since} to {wording.long_date(rule.to_day)}"
    )
    return wording.capitalised(", ".join(parts))


def _distance(worn: Worn, measure: Measure) -> str:
    whole = measure.distance(worn.distance_m)
    return whole if worn.share >= 1 else f"{whole} ({wording.percent(worn.share)} of the run)"


def _because(matched_by: str) -> str:
    known = {"hand": "you said so", "export": "your account’s export said so"}
    return known.get(matched_by, matched_by)
