"""Signs after which a knee is examined before anything else, from referral pathways and the Ottawa knee rule.

A rule joins what was told with ``&`` and ``|`` and nothing else. So no rule can be taken back by telling
more, and the same rule reads one check-in (bools) or every combination there is (bits of integers).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from features import evidence
from features.training_log import CheckIn, Onset, Symptom

Fact = TypeVar("Fact", bool, NDArray[np.uint64])


@dataclass(frozen=True, slots=True)
class Told(Generic[Fact]):
    """What one check-in says, each as something that holds or does not; what was not said does not hold.

    ``sudden_or_blow``: it came suddenly, or after a blow. ``blow_likely``: after a blow, or suddenly with
    no word on a blow. ``may_hurt``: the knee was not told to be free of pain and signs.
    """

    ticked: Mapping[Symptom, Fact]
    no_weight: Fact
    after_blow: Fact
    sudden_or_blow: Fact
    blow_likely: Fact
    hurts: Fact
    may_hurt: Fact
    of_ottawa_age: Fact


def told_by(c: CheckIn, birth_year: int | None) -> Told[bool]:
    """One check-in's facts. Who turns 55 this year counts as 55: the year is all that is known."""
    sudden, trauma, pain = c.onset is Onset.SUDDEN, c.after_trauma, c.worst_pain
    return Told(
        ticked={symptom: symptom in c.symptoms for symptom in Symptom},
        no_weight=c.can_bear_weight is False,
        after_blow=trauma is True,
        sudden_or_blow=sudden or trauma is True,
        blow_likely=trauma is True or (sudden and trauma is None),
        hurts=pain is not None and pain > 0,
        may_hurt=pain != 0 or bool(c.symptoms),
        of_ottawa_age=birth_year is not None and c.day.year - birth_year >= evidence.value("ottawa_age_from"),
    )


def _ticked(symptom: Symptom) -> Callable[[Told[Fact]], Fact]:
    return lambda t: t.ticked[symptom]


def _acute_swelling(t: Told[Fact]) -> Fact:
    """Swelling counts as rapid where it was called so, or where it came suddenly or after a blow."""
    return t.ticked[Symptom.RAPID_SWELLING] | (t.ticked[Symptom.SWELLING] & t.sudden_or_blow)


def _hot_joint(t: Told[Fact]) -> Fact:
    """Fever with any sign or pain in the knee, feeling unwell with a sign; or hot and red at once, since
    whoever has only these may not think of telling how they feel otherwise."""
    s = t.ticked
    sign = s[Symptom.SWELLING] | s[Symptom.RAPID_SWELLING] | s[Symptom.WARMTH] | s[Symptom.REDNESS]
    return (
        (s[Symptom.FEVER] & (sign | t.hurts))
        | (s[Symptom.UNWELL] & sign)
        | (s[Symptom.WARMTH] & s[Symptom.REDNESS])
    )


def _gave_way_after_blow(t: Told[Fact]) -> Fact:
    """A sudden onset counts as a blow unless the athlete says that there was none."""
    return t.ticked[Symptom.GIVING_WAY] & t.blow_likely


def _lasting_pain(t: Told[Fact]) -> Fact:
    return t.ticked[Symptom.NIGHT_PAIN] | t.ticked[Symptom.CONSTANT_PAIN]


def _ottawa(t: Told[Fact]) -> Fact:
    """After a blow alone; not carrying weight is a red flag by itself, blow or not. Tenderness of the kneecap
    counts also where it is not the only place, since that is not asked. doi via Stiell et al. 1995."""
    s = t.ticked
    sign = s[Symptom.KNEECAP_TENDER] | s[Symptom.FIBULA_TENDER] | s[Symptom.CANNOT_BEND_90]
    return t.after_blow & (sign | (t.of_ottawa_age & t.may_hurt))


# By the evidence that lists them, in the order in which they are named to the athlete.
PATHWAYS: tuple[tuple[str, Callable[[Told[Fact]], Fact]], ...] = (
    ("cannot_bear_weight", lambda t: t.no_weight),
    ("deformity", _ticked(Symptom.DEFORMITY)),
    ("tendon_snap", _ticked(Symptom.TENDON_SNAP)),
    ("rapid_swelling", _acute_swelling),
    ("hot_swollen_fever", _hot_joint),
    ("locking", _ticked(Symptom.LOCKING)),
    ("giving_way_after_trauma", _gave_way_after_blow),
    ("numbness", _ticked(Symptom.NUMBNESS)),
    ("calf_swelling", _ticked(Symptom.CALF_SWELLING)),
    ("night_pain", _lasting_pain),
    ("weight_loss", _ticked(Symptom.WEIGHT_LOSS)),
    ("lump", _ticked(Symptom.LUMP)),
)
RED_FLAGS = (*PATHWAYS, ("ottawa_knee_rule", _ottawa))
