"""Exercises in words: doses, why one was chosen or left out, how far one has come, the week's ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from features import evidence
from models.adherence import Adherence
from models.exercise_plan import ExercisePlan, Ledger, PlannedExercise
from models.exercises import Exercise, Step, by_id
from models.progress import DoneExercise, Felt, Progress, felt
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
    "equipment": "it needs equipment that your profile does not name",
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
STOP_RULE = (
    "For all of them: pain of 0 to 2 of 10 is fine, if the next morning is no worse. At 3 to 5 take one step back; "
    "above 5 stop, tell how the knee is, and see a clinician if it does not settle."
)
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


def minutes(plan: ExercisePlan) -> str:
    """How long one session takes: ``about 19 min``."""
    return f"about {wording.duration(sum(p.session_s for p in plan.chosen))}"


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


def standing(exercise: Exercise, state: Progress) -> str:
    """``Mini-squats: step 2 of 4, one good session on it.``"""
    good = wording.count(state.good, "good session")
    back = f"; {HELD_BACK[state.held_back]}" if state.held_back in HELD_BACK else ""
    return f"{exercise.name}: step {state.step} of {len(exercise.steps)}, {good} on it{back}."


def noted(exercise: Exercise, done: DoneExercise, state: Progress) -> str:
    """What was stored, and what it asks for."""
    how = felt(done)
    said = [f"Noted for {done.day}: {exercise.name}, step {done.step}."]
    if how is Felt.PAINFUL:
        said.append(NOTHING["rescreen"])
    elif how is Felt.UNKNOWN:
        said.append(
            "Tell the pain in it and of the next morning, so that it can count towards the next step."
        )
    return "\n".join([*said, standing(exercise, state)])


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


def kept(told: Adherence, measure: Measure) -> str:
    """``Of the plan for this week: 2 of 3 exercise sessions done; the longest run, 12.0 km, was within 12.5 km.``"""
    parts = []
    if told.sessions_planned:
        asked = wording.count(told.sessions_planned, "exercise session")
        parts.append(f"{told.sessions_done} of {asked} done")
    if told.longest_run_m is not None and told.longest_allowed_m is not None:
        within = "was within" if told.kept_longest else "was longer than"
        allowed = measure.careful_distance(told.longest_allowed_m)
        parts.append(f"the longest run, {measure.distance(told.longest_run_m)}, {within} the {allowed} given")
    return f"Of the plan for this week: {'; '.join(parts)}." if parts else ""
