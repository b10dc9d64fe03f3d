"""Every code that another floor can hand over has a sentence; an unknown one is an error."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from features import evidence
from features.training_log import Flag, Onset, Side, Surface, Symptom
from models import advice, confidence, exercise_choice, exercise_needs, exercises, observations, risk, triage
from models.evidence_model import CARDS
from models.verdict import Level, Reason, TrainingChange
from reports import causes, changes, exercise_words, sentences, sources
from reports.causes import Speech
from reports.wording import Measure

MODELS = Path(risk.__file__).parent
KM = Measure("km")


@pytest.mark.parametrize("level", list(Level))
def test_every_level_has_a_word_a_shape_and_a_meaning(level: Level) -> None:
    words = sentences.level(level)
    assert words.word and words.shape and words.meaning.endswith(".")


def test_the_levels_differ_in_word_and_in_shape() -> None:
    assert len({w.word for w in sentences.LEVELS.values()}) == len(Level)
    assert len({w.shape for w in sentences.LEVELS.values()}) == len(Level)


@pytest.mark.parametrize("flag", list(Flag))
def test_every_flag_is_told_in_a_runners_words(flag: Flag) -> None:
    words = sentences.flag(flag)
    assert words and flag.value not in words
    assert "crc" not in words.lower()


def test_every_symptom_side_onset_and_surface_has_words() -> None:
    assert set(sentences.SYMPTOMS) == set(Symptom)
    assert set(sentences.SIDES) == set(Side)
    assert set(sentences.ONSETS) == set(Onset)
    assert set(sentences.SURFACES) == set(Surface)


def test_every_cause_that_the_model_can_give_has_a_sentence() -> None:
    weighed = {risk.CAUSE_OF.get(card.code, card.code) for card in risk.acting_cards()}
    shown = {row.code for row in observations.SHOWN}
    assert weighed == causes.WEIGHED
    assert weighed | shown == set(causes.CAUSES), "or a cause with words that the model no longer gives"


def test_every_card_without_weight_is_shown() -> None:
    assert {card.code for card in CARDS() if not card.mean} <= {row.code for row in observations.SHOWN}


@pytest.mark.parametrize("code", sorted(causes.CAUSES))
@pytest.mark.parametrize("reference", [100.0, None, 0.0])
def test_every_cause_reads_with_and_without_a_comparison(code: str, reference: float | None) -> None:
    needs_both = code in causes.WEIGHED - {"descent_novelty"}
    if needs_both and not reference:
        return
    unit = next((row.unit for row in observations.SHOWN if row.code == code), "m")
    observed = 0.5 if unit == "share" else 120.0
    reason = Reason(code, observed, reference, unit, 0.0, "moderate", ("spike_window_days",))
    sentence = causes.sentence(reason, Speech(KM))
    assert sentence.endswith(".") and any(c.isdigit() for c in sentence)
    assert causes.idle_sentence(reason, level_is_known=True).endswith(".")
    assert causes.idle_sentence(reason, level_is_known=False).endswith(".")


def test_every_reason_for_not_knowing_has_a_sentence() -> None:
    assert set(sentences.UNKNOWN_BECAUSE) == set(risk.UNKNOWN_CODES)


def test_everything_that_can_be_missing_has_a_sentence() -> None:
    tree = ast.parse(Path(confidence.__file__).read_text(encoding="utf-8"))
    lacks = next(n for n in ast.walk(tree) if isinstance(n, ast.Dict))
    codes = {k.value for k in lacks.keys if isinstance(k, ast.Constant)}
    assert codes == set(sentences.MISSING)
    assert {confidence.GOOD, confidence.LIMITED, confidence.POOR} == set(sentences.CONFIDENCE)


def test_every_red_flag_and_pain_state_has_words() -> None:
    assert {code for code, _ in triage.RED_FLAGS} == set(sentences.RED_FLAGS)
    states = {triage.NONE_REPORTED, triage.CALM, triage.IRRITATED, triage.PAINFUL, triage.RED_FLAG}
    assert states == set(sentences.PAIN_STATES)
    assert states - {triage.NONE_REPORTED} == set(sentences.RAISED_BY_PAIN)


def test_every_change_of_a_plan_says_what_to_do() -> None:
    assert set(changes.ACTIONS) == set(advice.CHANGE_CODES)
    for code in advice.CHANGE_CODES:
        change = TrainingChange(code, "irritated", 4.0, "m", ("pain_calm_max",))
        assert changes.action(change, KM).endswith(".")


def test_whatever_calls_for_a_change_has_words() -> None:
    told = set(changes.STATES) | set(causes.CAUSES) | set(sentences.RED_FLAGS)
    for code in told:
        assert changes.called_for_by(code)
    tree = ast.parse((MODELS / "advice.py").read_text(encoding="utf-8"))
    made = {"_change", "_metres", "TrainingChange"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in made:
            because = node.args[1] if len(node.args) > 1 else None
            if isinstance(because, ast.Constant):
                assert because.value in told


def test_every_way_of_choosing_exercises_is_explained() -> None:
    assert set(exercise_words.CHOSEN_BECAUSE) == set(exercise_needs.LEADING_NEEDS)
    assert set(exercise_words.ANSWERS) == set(exercise_needs.NEEDS)
    assert set(exercise_words.LEFT_OUT) == set(exercise_choice.LEFT_OUT_CODES)
    assert set(exercise_words.NOTHING) == set(exercise_choice.NOTHING_CODES)


def test_every_evidence_name_of_an_exercise_can_be_cited() -> None:
    citations = sources.Citations()
    for exercise in exercises.library():
        citations.cite((*exercise.evidence, *(name for step in exercise.steps for name in step.evidence)))
    assert citations.listed()


def test_every_step_of_every_exercise_has_a_dose_in_words() -> None:
    for exercise in exercises.library():
        doses = [exercise_words.dose(exercise, step) for step in exercise.steps]
        assert len(set(doses)) == len(doses)
        assert all(any(c.isdigit() for c in dose) for dose in doses)


@pytest.mark.parametrize("grade", evidence.GRADES)
def test_every_grade_of_evidence_has_words(grade: str) -> None:
    assert sources.grade_words(grade)


def test_an_unknown_code_is_an_error_and_never_a_blank() -> None:
    with pytest.raises(KeyError):
        causes.sentence(Reason("moon", 1.0, 1.0, "m", 0.0, "moderate", ()), Speech(KM))
    with pytest.raises(KeyError):
        changes.action(TrainingChange("moon", "calm", None, "", ()), KM)
    with pytest.raises(KeyError):
        changes.called_for_by("moon")
    with pytest.raises(KeyError):
        sources.Citations().cite(("moon",))
    with pytest.raises(KeyError):
        sources.grade_words("moon")
