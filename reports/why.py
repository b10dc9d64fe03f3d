"""Why an athlete stands at a level, as plain text for the command line: causes, their sum, evidence."""

from __future__ import annotations

import textwrap

from features import evidence
from features.training_log import Athlete
from models.evidence_model import SHRINKAGES
from models.verdict import Plan, Reason, RiskAssessment
from reports import sentences, wording
from reports.causes import Speech
from reports.next_week import envelope, lowering
from reports.page import CauseRow
from reports.sources import DOI_RESOLVER, Citations, grade_words
from reports.unknowns import confidence_sentence, coverage_sentence
from reports.why_page import limits, why
from reports.wording import Measure

WIDTH = 72
BAR = 24
ADDED = "The last column is the logarithm of the factor: those add up, as the factors multiply."
BELIEVED = (
    "Studies of all injuries in other runners say less about your knee: of a published factor's logarithm "
    "we count, by its evidence, {}."
)


def render_why(assessment: RiskAssessment, athlete: Athlete, plan: Plan) -> str:
    """The whole reasoning, at most 72 columns wide. Raises KeyError for a code without wording."""
    speech = Speech(Measure(athlete.units))
    view = why(assessment, speech, Citations())
    level = sentences.level(assessment.level)
    meaning = level.meaning
    if assessment.overridden_by is not None:
        meaning = sentences.RAISED_BY_PAIN[assessment.overridden_by]
    day = wording.long_date(assessment.day)
    lines = [
        _fold(f"{athlete.name}, seven days to {wording.weekday(assessment.day)} {day}"),
        "",
        f"{level.shape} {level.word.upper()}",
        _fold(meaning),
        *(_fold(sentences.UNKNOWN_BECAUSE[code], "- ") for code in assessment.unknown_because),
        "",
        "WHAT ADDS UP",
    ]
    for row, reason in zip(view.acting, assessment.reasons, strict=True):
        lines += [_bar_line(row, reason.contribution), _fold(row.sentence, "  ")]
    if view.acting and assessment.log_hazard is not None:
        total = CauseRow("Together", "", "", view.total, 0.0, view.total_width, "", ())
        lines += [_bar_line(total, assessment.log_hazard), _fold(ADDED, "  "), _fold(_believed(), "  ")]
    lines += [_fold(line) for line in view.closing]
    looked_at = (*view.idle, *view.shown)
    if looked_at:
        notes = [f"{row.sentence} {row.note} {wording.capitalised(row.grade)}." for row in looked_at]
        lines += ["", "LOOKED AT, WITHOUT WEIGHT", *(_fold(note, "- ") for note in notes)]
    coming = _coming(plan, speech.measure)
    if coming:
        lines += ["", "WHAT WOULD CHANGE IT", *(_fold(line, "- ") for line in coming)]
    lines += ["", "EVIDENCE", *_evidence((*assessment.reasons, *assessment.observations))]
    lines += ["", "WHAT IS NOT KNOWN", *_unknowns(assessment), ""]
    lines += [_fold(line) for line in limits(assessment)]
    lines += ["", f"Model: {assessment.model_version}"]
    return "\n".join(lines) + "\n"


def _believed() -> str:
    """How much of a published effect counts, by grade."""
    kept = [f"{wording.percent(evidence.value(name))} if {grade}" for grade, name in SHRINKAGES.items()]
    return BELIEVED.format(wording.listed(kept))


def _coming(plan: Plan, measure: Measure) -> list[str]:
    """The smallest change that lowers the level, and how much one run of the coming week may ask for."""
    longest = None
    if plan.longest_run_m is not None:
        longest = f"Longest sensible run of the coming week: {measure.careful_distance(plan.longest_run_m)}."
    return [line for line in (lowering(plan, measure), longest, envelope(plan, measure)) if line]


def _bar_line(row: CauseRow, contribution: float) -> str:
    first, last = round(row.start / 100 * BAR), round((row.start + row.width) / 100 * BAR)
    bar = f"{' ' * first}{'█' * max(last - first, 1)}"
    return f"{row.label:<27} {bar:<{BAR}} {row.factor:>8} {contribution:>+9.3f}"


def _evidence(reasons: tuple[Reason, ...]) -> list[str]:
    """Every constant behind the causes, once, with value, interval, grade and source."""
    names = dict.fromkeys(name for reason in reasons for name in reason.evidence)
    lines = []
    for name in names:
        entry = evidence.entry(name)
        interval = f" ({entry.low:g}–{entry.high:g})" if entry.low is not None else ""
        link = f" {DOI_RESOLVER}{entry.doi}" if entry.doi else ""
        lines.append(
            _fold(f"{name} = {entry.value:g}{interval} {entry.unit}; {grade_words(entry.grade)}.", "- ")
        )
        lines.append(_fold(f"{entry.claim} {entry.source}.{link}", "  "))
    return lines or ["None was used."]


def _unknowns(assessment: RiskAssessment) -> list[str]:
    missing = assessment.confidence.missing
    return [
        confidence_sentence(assessment),
        _fold(coverage_sentence(assessment)),
        *(_fold(sentences.MISSING[code], "- ") for code in missing),
    ]


def _fold(text: str, bullet: str = "") -> str:
    indent = " " * len(bullet)
    return textwrap.fill(
        wording.plain(text), WIDTH, initial_indent=bullet, subsequent_indent=indent,
        break_on_hyphens=False, break_long_words=False,
    )  # fmt: skip
