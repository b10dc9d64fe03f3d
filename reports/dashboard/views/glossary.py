"""The glossary: every feature and every constant, with meaning, unit, what makes it unknown, and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from features import catalog, evidence
from features.evidence import Entry
from models.verdict import Level
from reports import sentences
from reports.sources import DOI_RESOLVER, GRADES

# What the features' names begin with or hold, in the order of the page: the first that fits takes a feature in.
SUBJECTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("shoes", "Shoes", ("shoe", "new_pair")),
    ("surface", "Ground", ("surface",)),
    ("knee-load", "Load on the knee", ("knee",)),
    ("descent", "Downhill", ("descent", "climb", "grade")),
    ("intensity", "Intensity and effort", ("intensity", "trimp", "heart_rate", "effort", "rpe", "recovery", "cadence_lock")),
    ("form", "How the running looks", ("cadence", "stance", "warm_up", "cool_down")),
    ("rhythm", "Days, weeks and breaks", ("days", "gap", "back_to_back", "monotony", "strain", "history", "low_impact", "walking")),
    ("distance", "Distance and load over time", ("distance", "load", "ewma", "spike", "longest", "runs", "weekly")),
)  # fmt: skip
OTHER = ("recording", "What a recording holds")


@dataclass(frozen=True, slots=True)
class Link:
    anchor: str
    words: str


@dataclass(frozen=True, slots=True)
class Meant:
    """A feature. ``evidence`` leads to the constants below; ``source`` is told in words where there is no constant."""

    anchor: str
    name: str
    meaning: str
    unit: str
    unknown_when: str
    evidence: tuple[Link, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Constant:
    anchor: str
    name: str
    amount: str
    claim: str
    working: str | None
    source: str
    doi: str | None
    url: str | None
    checked: str
    used_by: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Group:
    anchor: str
    title: str
    features: tuple[Meant, ...] = ()
    constants: tuple[Constant, ...] = ()

    @property
    def count(self) -> int:
        return len(self.features) + len(self.constants)


@dataclass(frozen=True, slots=True)
class LevelMeant:
    code: str
    shape: str
    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Glossary:
    levels: tuple[LevelMeant, ...]
    subjects: tuple[Group, ...]
    grades: tuple[Group, ...]


@cache
def glossary() -> Glossary:
    """It is the same for everyone until the program changes."""
    features = tuple(_features())
    used_by: dict[str, list[Link]] = {}
    for one in features:
        for link in one.evidence:
            used_by.setdefault(link.words, []).append(Link(one.anchor, one.name))
    constants = [(entry.grade, _constant(entry, used_by.get(entry.name, ()))) for entry in evidence.entries()]
    titles = [(key, title) for key, title, _ in SUBJECTS] + [OTHER]
    return Glossary(
        levels=tuple(
            LevelMeant(level.value, words.shape, words.word, words.meaning)
            for level in Level
            for words in [sentences.level(level)]
        ),
        subjects=tuple(
            Group(key, title, features=tuple(f for f in features if _subject(f.name) == key))
            for key, title in titles
            if any(_subject(f.name) == key for f in features)
        ),
        grades=tuple(
            Group(
                f"grade-{grade}",
                evidence.TITLES[grade],
                constants=tuple(constant for its, constant in constants if its == grade),
            )
            for grade in GRADES
            if any(its == grade for its, _ in constants)
        ),
    )


def _features() -> Iterable[Meant]:
    for feature in (*catalog.per_day(), *catalog.per_shoe()):
        yield Meant(
            anchor=f"f-{feature.name}",
            name=feature.name,
            meaning=feature.meaning,
            unit=feature.unit,
            unknown_when=feature.unknown_when,
            evidence=tuple(Link(f"e-{name}", name) for name in feature.evidence),
            source="",
        )
    for measure in catalog.per_activity():
        meaning, unknown, source = map(_plain, (measure.meaning, measure.unknown_when, measure.source))
        names = [name for name in re.findall(r"``(\w+)``", measure.source) if _is_evidence(name)]
        links = tuple(Link(f"e-{name}", name) for name in names)
        yield Meant(f"m-{measure.name}", measure.name, meaning, measure.unit, unknown, links, source)


def _constant(entry: Entry, used_by: Iterable[Link]) -> Constant:
    return Constant(
        anchor=f"e-{entry.name}",
        name=entry.name,
        amount=_amount(entry),
        claim=entry.claim,
        working=entry.working,
        source=entry.source,
        doi=entry.doi,
        url=f"{DOI_RESOLVER}{entry.doi}" if entry.doi else None,
        checked=f"{entry.checked}, {entry.checked_on}",
        used_by=tuple(used_by),
    )


def _amount(entry: Entry) -> str:
    """``1.64 (1.31–2.05) hazard ratio``; large numbers in full."""
    interval = f" ({entry.low:.10g}–{entry.high:.10g})" if entry.low is not None else ""
    return f"{entry.value:.10g}{interval} {entry.unit}"


def _subject(name: str) -> str:
    fitting = (key for key, _, parts in SUBJECTS if any(part in name for part in parts))
    return next(fitting, OTHER[0])


def _is_evidence(name: str) -> bool:
    return any(entry.name == name for entry in evidence.entries())


def _plain(text: str) -> str:
    return text.replace("``", "")
