"""Exercises in words: doses, why one was chosen or left out, how far one has come, the week's ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from features import evidence
from models.exercise_plan import ExercisePlan, Ledger, PlannedExercise
from models.exercises import Exercise, Step, by_id
from models.progress import Felt
from reports import wording
from reports.wording import Measure

# What the choice answers first; keyed by exercise_needs.LEADING_NEEDS.
CHOSEN_BECAUSE = {
    "irritated": "Chosen because your knee is irritated: the gentlest, without bending under load.",
    "pain_told": "Chosen because you told of some pain: little load behind the kneecap.",
    "previous_knee_injury": "Chosen because of your earlier knee injury: strength in steps, from light to firm.",
    "raised_level": "Chosen because your knees had much to take this week: light work only.",
    "no_pain": "Chosen because no pain is on record: strength to keep what you have.",
}
# Why one exercise is among them; keyed by exercise_needs.NEEDS.
ANSWERS = {
    "irritated": "gentle enough for an irritated knee",
    "pain_told": "light enough for a knee that hurts a little",
    "previous_knee_injury": "strength in steps after your earlier knee injury",
    "raised_level": "light work after a week that asked much",
    "no_pain": "strength to keep what you have",
    "gradual": "used where pain came gradually, as yours did",
    "mechanical": "moves a knee that is stiff or clicks, without load",
    "session_spike": "keeps you moving while the long run goes back",
    "descent_novelty": "control of the bent knee, which new descent asks for",
    "knee_load_novelty": "strength for the load that was new to your knee",
    "return_after_gap": "keeps you moving while running comes back",
}
# Why an exercise is not in the plan; keyed by exercise_choice.LEFT_OUT_CODES.
LEFT_OUT = {
    "knee_first": "your knee comes first",
    "rescreen": "an exercise hurt more than 5 of 10: tell how the knee is first",
    "no_day": "no day of your week is easy or free",
    "no_room": "nothing fits the week's limits",
    "irritated": "not while the knee is irritated",
    "swollen": "not while the knee is swollen, warm or unsteady",
    "any_pain": "not while anything hurts",
    "sudden": "not after pain that came suddenly",
    "gradual": "not with pain that came gradually: its range stresses the kneecap most",
    "recent_knee_injury": "not within a year of a knee injury",
    "raised_level": "not after a week that asked much",
    "osteoarthritis": "not with osteoarthritis, unless a clinician says so",
    "inflammatory": "not with an inflammatory joint disease, unless a clinician says so",
    "usual_unknown": "your usual week is not known yet, so there is nothing to hold its load against",
    "equipment": "it needs what you have not told us of",
    "not_yet_earned": "mini-squats to 60° come first, at 2 of 10 or less",
    "not_wanted": "nothing this week asks for it",
    "enough": "five are enough, and others are wanted more",
    "minutes": "the session would take too long",
    "day_load": "with that day's running, more than your hardest run of the month",
    "week_load": "no room in the week's load on the knee",
}
# Why there are no exercises at all; keyed by exercise_choice.NOTHING_CODES.
NOTHING = {
    "knee_first": "No exercises this week: your knee comes first.",
    "rescreen": "No exercises for now: one of them hurt more than 5 of 10. Tell how your knee is with a check-in, "
    "and see a clinician if it does not settle.",
    "no_day": "No exercises this week: every day is a hard run, the long run or the day before it.",
    "no_room": "No exercise on the list suits your knee this week.",
}
HELD_BACK = {
    Felt.IRRITATED: "one step back, because it hurt or the next morning was worse",
    Felt.PAINFUL: "back at the first step, because it hurt more than 5 of 10",
}


def dose(exercise: Exercise, step: Step) -> str:
    """``3 sets of 10 on each leg, each held for 5 s, from 90° to 45°``."""
    if step.minutes is not None:
        return f"{step.minutes} minutes, low resistance"
    sets = f"{step.sets} sets of " if step.sets > 1 else ""
    what = "holds of" if exercise.load.per == "hold" else ""
    each_leg = "" if exercise.legs_at_once and exercise.weight_bearing else " on each leg"
    if what:
        words = f"{sets}{step.repetitions} {what} {step.hold_s} s{each_leg}"
    else:
        held = f", each held for {step.hold_s} s" if step.hold_s > 1 else ""
        words = f"{sets}{step.repetitions}{each_leg}{held}"
    return f"{words}{_bend(step)}{f', with {step.uses}' if step.uses else ''}"


def _bend(step: Step) -> str:
    if step.range_deg is None:
        return ""
    least, most = step.range_deg
    return f", bent no further than {most}°" if least == 0 else f", from {most}° to {least}°"


def days(of: Sequence[date]) -> str:
    return wording.listed([wording.short_weekday(day) for day in of])


def how_far(planned: PlannedExercise) -> str:
    """``Step 2 of 4. Next, after two good sessions (one so far): …``."""
    exercise, earned = planned.exercise, planned.earned
    said = [f"Step {planned.step} of {len(exercise.steps)}"]
    if earned.held_back in HELD_BACK:
        said.append(HELD_BACK[earned.held_back])
    where = "; ".join(said) + "."
    if planned.step < earned.step:
        return f"{where} Step {earned.step} is earned, and waits for room in the week's load."
    if planned.next_dose is None:
        return f"{where} The last one: stay here."
    needed = int(evidence.value("good_sessions_to_progress"))
    so_far = f" ({wording.spelled(earned.good)} so far)" if earned.good else ""
    after = f"after {wording.spelled(needed)} good sessions{so_far}"
    return f"{where} Next, {after}: {dose(exercise, planned.next_dose)}."


def load(planned: PlannedExercise, measure: Measure) -> str:
    """What a session loads the knee with, and how that is known."""
    if planned.session_m is None:
        note = planned.exercise.load.note
        return f"Load on the knee: {note[:1].lower()}{note[1:]}"
    return f"Load on the knee: at most {measure.ample_distance(planned.session_m)} of running a session."


def ledger(plan: ExercisePlan, measure: Measure) -> tuple[str, ...]:
    """The week's load on the knee: exercise, what is left for running, and the usual week beside them."""
    books = plan.ledger
    if books is None:
        return ()
    return tuple(filter(None, (_sum(books, measure), _uncounted(books))))


def _sum(books: Ledger, measure: Measure) -> str:
    exercise = f"The exercises load the knee like {measure.ample_distance(books.exercise_m)} of level running at most"
    if books.usual_running_m is None or books.running_m is None:
        return f"{exercise}. Your usual week is not known yet, so only light ones are offered."
    if books.usual_running_m == 0:
        return f"{exercise}. Your last four weeks had no running to hold that against."
    usual = f"your usual week ({measure.distance(books.usual_running_m)}"
    if books.usual_exercise_m > 0:
        usual += f" and {measure.distance(books.usual_exercise_m)} of exercises"
    stands_in = ", distance standing in for load" if books.from_distance else ""
    return (
        f"{exercise}. With {measure.careful_distance(books.running_m)} of running, the week stays within "
        f"{usual}{stands_in})."
    )


def _uncounted(books: Ledger) -> str:
    if not books.uncounted:
        return ""
    names = wording.listed([by_id()[name].name.lower() for name in books.uncounted])
    return f"Not counted, because their load was never measured and is taken to be small: {names}."
