"""From a week's story to its page: picks what to say, in the order in which it is read."""

from __future__ import annotations

from datetime import date, timedelta

from features.training_log import CheckIn
from models.verdict import Level
from reports import alerts, conditions, sentences, wording
from reports.causes import Speech
from reports.check_in_words import check_in_line
from reports.comparison import compare, week_summary
from reports.looking_back import looking_back
from reports.next_week import next_week, shoe_rows
from reports.page import LevelView, Page, RedFlag, RunRow, Step
from reports.picture import draw
from reports.sources import Citations
from reports.unknown_week import because
from reports.unknowns import confidence_sentence, not_known
from reports.week_story import SessionLine, WeekStory
from reports.why_page import limits, why
from reports.wording import Measure

RUNNING = "running"


def compose(story: WeekStory) -> Page:
    """The finished words of one report. Raises KeyError for any code that has no wording."""
    measure = Measure(story.athlete.units)
    cites = Citations()
    speech = Speech(measure, *_outstanding_days(story))
    reasons = why(story.assessment, speech, cites)
    pain_cites = cites.cite(story.triage.evidence)
    coming = next_week(story, measure, cites)
    closing = (*limits(story.assessment, cites), *looking_back(story.past))
    runs = [s for s in story.sessions if s.sport == RUNNING]
    return Page(
        athlete=story.athlete.name,
        number=_week_name(story),
        span=wording.week_span(story.week),
        so_far=_so_far(story),
        red_flag=_red_flag(story),
        level=_level(story),
        summary=week_summary(story, measure),
        why=reasons,
        runs=tuple(run_row(s, measure, first_day(story)) for s in sorted(runs, key=lambda s: s.started_at)),
        other=_other_sports(story, measure),
        **compare(story, measure),
        cadence=_cadence(story, measure),
        picture=draw(story.weeks, measure, first_day(story), _jump(runs, first_day(story))),
        next_week=coming,
        shoes=shoe_rows(story.shoes, measure),
        pain_state=_pain_state(story),
        pain_cites=pain_cites,
        pain_log=tuple(check_in_line(c) for c in _of_week(story)),
        pain_kinds=tuple(sentences.PAIN_KINDS[kind] for kind in story.knee_pain.kinds),
        pain_kind_note=sentences.PAIN_KIND_NOTE,
        first_measures=tuple(sentences.first_measure(code) for code in story.knee_pain.measures),
        first_measures_note=sentences.FIRST_MEASURES_NOTE,
        condition_notes=conditions.notes(story, cites),
        confidence=confidence_sentence(story.assessment),
        not_known=not_known(story),
        limits=closing,
        sources=cites.listed(),
        model=story.assessment.model_version,
    )


def first_day(story: WeekStory) -> date | None:
    """The athlete's first recorded day, as far as the features know."""
    days = story.features["history_days"]
    return None if days is None or days < 1 else story.as_of - timedelta(days=round(days) - 1)


def _week_name(story: WeekStory) -> str:
    """Numbers of weeks are a habit of those whose weeks start on Monday."""
    return f"Week {story.week.number}" if story.week.starts_on == "monday" else "Your week"


def _so_far(story: WeekStory) -> str | None:
    if story.as_of >= story.week.last_day:
        return None
    days = (story.as_of - story.week.first_day).days + 1
    return f"So far: {days} of 7 days, up to {wording.weekday(story.as_of)}."


def _level(story: WeekStory) -> LevelView:
    verdict = story.assessment
    words = sentences.level(verdict.level)
    meaning = words.meaning
    if verdict.overridden_by is not None:
        meaning = sentences.RAISED_BY_PAIN[verdict.overridden_by]
    scale = tuple(
        Step(step.value, sentences.level(step).word, sentences.level(step).shape, step is verdict.level)
        for step in sentences.LEVEL_SCALE
        if verdict.level is not Level.UNKNOWN
    )
    return LevelView(verdict.level.value, words.word, words.shape, meaning, scale, because(story))


def _red_flag(story: WeekStory) -> RedFlag | None:
    codes = story.triage.red_flags
    if not codes:
        return None
    told = tuple(sentences.RED_FLAGS[code][0] for code in codes)
    return RedFlag(sentences.red_flag_opening(codes), told, sentences.RED_FLAG_STEPS)


def _outstanding_days(story: WeekStory) -> tuple[date | None, date | None]:
    """The days of the runs that the spike and the descent cause speak of, where they are listed."""
    values = story.features
    spike = _same(story.sessions, "distance_m", values["spike_distance_7d_m"])
    descent = _same(story.sessions, "descent_m", values["descent_peak_7d_m"])
    return spike, descent


def _same(sessions: tuple[SessionLine, ...], name: str, metres: float | None) -> date | None:
    if metres is None:
        return None
    for session in sessions:
        value: float | None = getattr(session, name)
        if value is not None and abs(value - metres) < 1.0:
            return session.day
    return None


def run_row(run: SessionLine, measure: Measure, recorded_since: date | None) -> RunRow:
    """One run as a line of a table."""
    seconds = run.moving_s if run.moving_s is not None else run.duration_s
    return RunRow(
        activity=run.activity_id,
        day=f"{wording.short_weekday(run.day)} {wording.short_date(run.day)}",
        clock=wording.clock(run.started_at, run.zone),
        kind=sentences.sport(run.sport, run.sub_sport),
        distance=measure.distance(run.distance_m),
        time=wording.duration(seconds),
        pace=measure.pace(run.distance_m, seconds),
        descent=measure.height(run.descent_m),
        shoe=run.shoe or wording.NOT_KNOWN,
        ratio=wording.NOT_KNOWN if run.spike_ratio is None else wording.ratio(run.spike_ratio),
        stands_out=alerts.stands_out(run, recorded_since) is not None,
    )


def _jump(runs: list[SessionLine], recorded_since: date | None) -> str | None:
    """The largest of the runs that stand out."""
    jumps = [r.spike_ratio for r in runs if r.spike_ratio and alerts.stands_out(r, recorded_since)]
    return wording.ratio(max(jumps)) if jumps else None


def _other_sports(story: WeekStory, measure: Measure) -> tuple[str, ...]:
    """One entry per sport: ``2 rides, 3 h 10 min, 61.2 km``."""
    kinds: dict[str, list[SessionLine]] = {}
    for session in story.sessions:
        if session.sport != RUNNING:
            kinds.setdefault(sentences.sport(session.sport, session.sub_sport), []).append(session)
    return tuple(_sport_line(kind, sessions, measure) for kind, sessions in kinds.items())


def _sport_line(kind: str, sessions: list[SessionLine], measure: Measure) -> str:
    parts = [wording.count(len(sessions), kind[:1].lower() + kind[1:])]
    times = [s.duration_s for s in sessions if s.duration_s is not None]
    lengths = [s.distance_m for s in sessions if s.distance_m is not None and s.distance_m > 0]
    if times:
        parts.append(wording.duration(sum(times)))
    if lengths:
        parts.append(measure.distance(sum(lengths)))
    return ", ".join(parts)


def _cadence(story: WeekStory, measure: Measure) -> str | None:
    habit = story.cadence
    if habit is None:
        return None
    change = round(habit.observed_spm) - round(habit.usual_spm)
    beside = "as usual"
    if change:
        beside = f"{abs(change)} {'more' if change > 0 else 'fewer'} than usual"
    return (
        f"Cadence {habit.observed_spm:.0f} steps a minute at {measure.speed_as_pace(habit.speed_mps)}: "
        f"{beside} for you at that pace ({habit.usual_spm:.0f}, from {wording.count(habit.runs, 'run')})."
    )


def _pain_state(story: WeekStory) -> str:
    if story.triage.check_ins == 0 and story.triage.pain_state == "none_reported":
        return "No knee check-in, so nothing is known about pain."
    state = sentences.PAIN_STATES[story.triage.pain_state]
    worst, names = story.triage.worst_pain, story.triage.evidence
    if story.triage.pain_state == "irritated":
        signs = [sentences.IRRITATED_BY[name] for name in names if name in sentences.IRRITATED_BY]
        state = f"Your knee counts as irritated, because {wording.listed(signs)}." if signs else state
    return state if worst is None else f"Worst knee pain told in the last seven days: {worst} of 10. {state}"


def _of_week(story: WeekStory) -> list[CheckIn]:
    """The week's check-ins; with a red flag, also the earlier ones that it may rest on."""
    earlier = bool(story.triage.red_flags)
    told = [c for c in story.check_ins if earlier or story.week.first_day <= c.day]
    return sorted((c for c in told if c.day <= story.as_of), key=lambda c: c.day)
