"""Thirty hand-made athlete weeks, each with the level and factor worked out by hand and why they are right.

The numbers behind "why" are rows of the evidence review: 1 one long run, 2 weekly volume, 3 knee load, 4 surface,
5 shoes, 6 who gets hurt, 7 warm-up and intensity, 8 pain, 12 breaks; names are entries of the evidence table. Factors
are e to what is believed of each logarithm: ×1.46 and ×1.93 are 1.6 and 2.28 to the power of 0.8, ×1.26 is 1.6 to
the power of 0.5. The golden file holds what the model says to all of it.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from math import exp

import golden
import pytest
from knee_weeks import check_in, knee_injury, runner, spiked, verdict, week

from features.training_log import Athlete, CheckIn, DayFeatures, Symptom
from models.verdict import Level, RiskAssessment

STEEP = {"descent_peak_7d_m": 400.0, "descent_reference_7d_m": 200.0, "descent_spike_7d": 2.0}
HILLS = {"descent_peak_7d_m": 300.0, "descent_reference_7d_m": 200.0, "descent_spike_7d": 1.5}
HARD = {"knee_spike_7d": 1.3, "knee_spike_session_7d_m": 15_600.0, "knee_spike_reference_7d_m": 12_000.0}
BACK = {"session_spike_7d": None, "knee_spike_7d": None, "gap_before_run_7d": 45.0, "runs_7d": 1.0}
FLAT_UNKNOWN = {
    "descent_spike_7d": None, "descent_peak_7d_m": None, "descent_reference_7d_m": None, "knee_spike_7d": None,
    "descent_known_share_28d": 0.0,
}  # fmt: skip
NAMED_CAUSES = {
    "weekly_distance_change": 0.5, "hard_surface_change": 1.0, "worn_shoe_share_28d": 1.0,
    "skipped_warm_up_share_28d": 1.0, "high_intensity_spike_7d": 2.0, "cadence_vs_usual_7d": 0.9, "monotony_7d": 2.0,
    "low_impact_share_28d": 0.0,
}  # fmt: skip
HURT = runner(knee_injury(100))


@dataclass(frozen=True)
class Row:
    """``times`` is the hazard worked out by hand; None where it is not known."""

    story: str
    features: DayFeatures
    level: Level
    times: float | None
    why: str
    athlete: Athlete = field(default_factory=runner)
    told: tuple[CheckIn, ...] = ()


ROWS = (
    Row("runs as ever", week(), Level.LOW, 1.0,
        "1.2, 1.3: at or below the longest run of 30 days is the study's reference"),
    Row("4 % longer than the longest of 30 days", spiked(1.04), Level.LOW, 1.10,
        "1.4: rates are said to rise below +10 %, size unknown; 0.4 of the way there, half believed"),
    Row("8 % longer", spiked(1.08), Level.GUARDED, 1.21,
        "1.4: 0.8 of the way; more than a full mechanistic caution, so worth some care; no safe line below +10 %"),
    Row("20 % longer", spiked(1.20), Level.ELEVATED, 1.46,
        "1.3 small 1.64 (1.31–2.05), pooled with moderate; one cohort, all body parts: 0.8 believed"),
    Row("50 % longer", spiked(1.50), Level.ELEVATED, 1.46,
        "1.3 moderate 1.52 (1.16–2.00): not called safer than +20 %, as the intervals overlap fully"),
    Row("2.5 times as long", spiked(2.50), Level.HIGH, 1.93,
        "1.3 large 2.28 (1.50–3.48): the strongest single state in the table"),
    Row("first run after 45 days", week(**BACK), Level.ELEVATED, 1.51,
        "12.1: no reference in 30 days, a large spike by construction, but not studied: half of it (return_hrr)"),
    Row("a return, then a run of 2.5 times it", spiked(2.50, gap_before_run_7d=45.0), Level.HIGH, 1.93,
        "1.2: a return and a spike are one exposure; the larger counts, once"),
    Row("calm, knee injury ended 100 days ago", week(), Level.GUARDED, 1.54,
        "6.6 HR 1.72 (1.11–2.66), window 6.5; standing, so one step at most above a calm week", HURT),
    Row("calm, a knee injury that lasts", week(), Level.GUARDED, 1.54,
        "6.6: the same factor; the plan, not the level, forbids growth", runner(knee_injury(None))),
    Row("calm, knee injury two years ago", week(), Level.LOW, 1.0,
        "6.5 asked about twelve months; older is shown and adds nothing", runner(knee_injury(730))),
    Row("calm, ankle injury 100 days ago", week(), Level.LOW, 1.0,
        "6.5: the card is the knee's; no carry-over is claimed", runner(knee_injury(100, part="ankle"))),
    Row("twice the month's descent in one run", week(**STEEP), Level.GUARDED, 1.11,
        "3.2 load ×1.222 at −6, 7.14: mechanics, no injury study: half believed, the smallest full card"),
    Row("half as much descent again", week(**HILLS), Level.LOW, 1.05,
        "descent_full_ratio: half of the way to twice, so half of the card"),
    Row("as long as ever, 1.3 times the knee load", week(**HARD), Level.GUARDED, 1.26,
        "3b: the spike of distance seen through knee load; experimental (13), half believed"),
    Row("20 % longer and 1.3 times the knee load", spiked(1.20, **HARD), Level.ELEVATED, 1.46,
        "13: the same run is not counted twice; distance has said it all"),
    Row("twice the descent, so 1.3 times the knee load", week(**STEEP, **HARD), Level.GUARDED, 1.26,
        "3.2 is inside 3b: of descent and knee load the larger counts"),
    Row("20 % longer with twice the descent", spiked(1.20, **STEEP), Level.ELEVATED, 1.61,
        "1.3 + 3.2: 1.456 × 1.105; mechanics alone does not lift a level from elevated to high"),
    Row("20 % longer, knee injury 100 days ago", spiked(1.20), Level.HIGH, 2.25,
        "1.3 + 6.6: two moderate causes, 1.456 × 1.543, reach what one large spike does", HURT),
    Row("8 % longer, knee injury 100 days ago", spiked(1.08), Level.ELEVATED, 1.86,
        "1.4 + 6.6: 1.207 × 1.543; one step above the week's own guarded", HURT),
    Row("2.5 times as long, steep, knee injury", spiked(2.50, **STEEP), Level.HIGH, 2.98,
        "13: ratios of different cohorts are not multiplied without end; held at total_hazard_cap", HURT),
    Row("every cause that people name, at full", week(**NAMED_CAUSES), Level.LOW, 1.0,
        "1.6, 2.7, 4, 5.13, 7.1, 7.2, 7.12: none is shown to matter; mean 0, and the interval says how little is known"),
    Row("20 % longer and every cause that people name", spiked(1.20, **NAMED_CAUSES), Level.ELEVATED, 1.46,
        "as before: the level is the spike's, the interval is wider"),
    Row("on treadmills: no descent, no knee load known", week(**FLAT_UNKNOWN), Level.LOW, 1.0,
        "3.16: distance stands in; what was not measured is named and lowers the confidence"),
    Row("no run this week", week(runs_7d=0.0, session_spike_7d=None, gap_before_run_7d=None), Level.UNKNOWN, None,
        "1.2 needs a run: silence is not a low level", HURT),
    Row("2.5 times as long, 21 days on record", spiked(2.50, history_days=21.0), Level.UNKNOWN, None,
        "1.2 compares with 30 days: what came before the record is not known"),
    Row("one run of three without a distance", week(unmeasured_runs_7d=1.0), Level.UNKNOWN, None,
        "1.2: the unmeasured run may have been the longest of the month"),
    Row("calm, pain 2 of 10", week(), Level.GUARDED, 1.0,
        "8.3: up to 2 is tolerated; a run in pain never reads low", told=(check_in(running=2),)),
    Row("calm, pain 6 of 10", week(), Level.HIGH, 1.0,
        "8.1, 8.2: above 5 is the stop line, whatever the load", told=(check_in(running=6),)),
    Row("no history, a knee that locks", week(history_days=5.0), Level.HIGH, None,
        "8.11: a red flag needs no training data", told=(check_in(Symptom.LOCKING),)),
)  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.story)
def test_the_level_and_the_factor_are_as_worked_out_by_hand(row: Row) -> None:
    told = verdict(row.features, row.athlete, *row.told)
    assert told.level is row.level
    assert (None if told.log_hazard is None else round(exp(told.log_hazard), 2)) == row.times


def test_the_table_of_thirty_weeks_reads_as_reviewed(pytestconfig: pytest.Config) -> None:
    assert len(ROWS) == 30
    blocks = [
        _block(number, row, verdict(row.features, row.athlete, *row.told))
        for number, row in enumerate(ROWS, 1)
    ]
    golden.check("thirty_weeks.txt", "\n".join(blocks), pytestconfig)


def _block(number: int, row: Row, told: RiskAssessment) -> str:
    hazard = "not known"
    if told.log_hazard is not None and told.log_hazard_low is not None and told.log_hazard_high is not None:
        low, high = exp(told.log_hazard_low), exp(told.log_hazard_high)
        hazard = f"×{exp(told.log_hazard):.2f} ({low:.2f}–{high:.2f}), {told.per_1000_runs:.2f} in 1,000 runs"
    adds = ", ".join(f"{r.code} {r.contribution:+.3f} ({r.grade})" for r in told.reasons) or "nothing"
    lines = [
        f"{number:>2}. {row.story}",
        f"{told.level.value.upper()}  {hazard}; confidence {told.confidence.word}",
        f"adds up: {adds}",
    ]
    if told.unknown_because:
        lines.append(f"unknown because: {', '.join(told.unknown_because)}")
    if told.overridden_by:
        lines.append(f"level set by what was told: {told.overridden_by}")
    lines.append(f"why this is right: {row.why}")
    folded = [
        textwrap.fill(line, 100, subsequent_indent="      ", initial_indent="    ") for line in lines[1:]
    ]
    return "\n".join([lines[0], *folded, ""])
