"""Commands that only look: status, files, activities, why, alerts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.commands.options import AthleteOption, HomeOption, JsonOption, a_day, opened
from pipelines.console import say, show_json, show_table
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from pipelines.steps import Home


MESSAGES_SHOWN = timedelta(days=30)  # one that failed longer ago is history


def status(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Where each athlete stands: files, activities, last day recorded, newest level; messages not sent; jobs."""
    from pipelines import steps
    from pipelines.logbook import deliveries, jobs
    from reports.jobs import summary

    with opened(context, home) as found:
        steps.catch_up(found)
        rows = ask(found, "overview", {}) if found.logbook.athletes() else []
        now = found.settings.now()
        troubles = deliveries.troubles(found.logbook, now - MESSAGES_SHOWN)
        ran = jobs.last_of_each(found.logbook)
    for row in rows:
        row["messages_failed"], row["messages_late"] = troubles.get(row["athlete"], (0, 0))
    if json:
        show_json(rows)
        return
    show_table(
        {"athlete": "left", "level": "left", "as of": "left", "confidence": "left", "runs": "right"}
        | {"activities": "right", "files": "right", "not read": "right", "last recorded": "left"},
        [
            (
                r["athlete"],
                r["level"],
                r["assessed_day"],
                r["confidence"],
                r["runs"],
                r["activities"],
                r["files"],
                r["rejected"],
                r["last_day"],
            )
            for r in rows
        ],
        "No athlete yet. Add one: kneewise athlete add NAME",
    )
    for athlete, (failed, late) in troubles.items():
        say(f"{athlete}: {failed} messages not sent, {late} late. Why: kneewise notify log")
    for job in ran:
        say(summary(job, now))


def files(
    context: typer.Context, athlete: str | None, outcome: str | None, json: bool, home: Path | None
) -> None:
    """Every file that was ever synced, what became of it, and why."""
    with opened(context, home) as found:
        rows = ask(found, "files", {"athlete": _id(found, athlete), "outcome": outcome})
    if json:
        show_json(rows)
        return
    show_table(
        {"outcome": "left", "file": "left", "reason": "left"},
        [(r["outcome"], r["path"], r["reason"]) for r in rows],
        "No file with that outcome." if outcome else "No file synced yet.",
    )


def activities(
    context: typer.Context,
    athlete: str | None,
    since: str | None,
    until: str | None,
    json: bool,
    home: Path | None,
) -> None:
    """Every activity as it is counted, oldest first."""
    with opened(context, home) as found:
        wanted = {"athlete": _id(found, athlete), "first": a_day(since), "last": a_day(until)}
        rows = ask(found, "activities", wanted)
        units = {a.id: a.units for a in found.logbook.athletes()}
    if json:
        show_json(rows)
        return
    from reports.wording import Measure, duration

    show_table(
        {"day": "left", "athlete": "left", "sport": "left", "distance": "right", "time": "right"}
        | {"ascent": "right", "descent": "right", "shoe": "left", "id": "left", "flags": "left"},
        [
            (
                r["day"],
                r["athlete"],
                r["sport"] if r["sub_sport"] in (None, "generic") else f"{r['sport']} ({r['sub_sport']})",
                Measure(units[r["athlete"]]).distance(r["distance_m"]),
                duration(r["duration_s"]),
                Measure(units[r["athlete"]]).height(r["ascent_m"]),
                Measure(units[r["athlete"]]).height(r["descent_m"]),
                r["shoe"],
                r["id"],
                r["flags"],
            )
            for r in rows
        ],
        "No activity in that time.",
    )


def why(
    context: typer.Context,
    who: Annotated[str | None, typer.Argument(metavar="ATHLETE", help="Athlete, by id or name.")] = None,
    day: Annotated[
        str | None, typer.Option("--day", help="As of that day, like 2026-11-15; else today.")
    ] = None,
    athlete: AthleteOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Why the level is what it is: each reason, what it adds, and on which evidence."""
    from features.training_log import Week
    from models import advice
    from pipelines import steps
    from pipelines.story import verdict_on
    from pipelines.warehouse import reading, store
    from reports.why import render_why

    with opened(context, home) as found:
        person = found.logbook.athlete(who or athlete)
        if athlete is not None and found.logbook.athlete(athlete).id != person.id:
            raise KneewiseError(f"{who!r} and --athlete {athlete!r} are two athletes; name one.")
        steps.catch_up(found)
        as_of = a_day(day) or found.settings.today_in(person.zone)
        with store.open_published(found.settings.published_path) as db:
            features, state, assessment = verdict_on(found.settings, found.logbook, db, person, as_of)
            before = reading.day_features(
                db, person.id, Week.of(as_of, person.week_start).first_day - timedelta(days=1)
            )
    plan = advice.plan(assessment, state, person, features, before, shoes=())
    if json:
        import dataclasses

        coming = dataclasses.asdict(plan)
        del coming["exercises"]  # `kneewise plan` knows what was done of them
        show_json({**dataclasses.asdict(assessment), "plan": coming})
        return
    say(render_why(assessment, person, plan))


def alerts(
    context: typer.Context, athlete: AthleteOption = None, json: JsonOption = False, home: HomeOption = None
) -> None:
    """Every alert told so far, and when you said that you had seen it. Each stage is told once."""
    from pipelines.logbook import outbox

    with opened(context, home) as found:
        told = found.logbook.notices(_id(found, athlete))
        seen = outbox.seen(found.logbook)
    if json:
        show_json(
            [
                {
                    "athlete": notice.athlete,
                    "kind": notice.kind,
                    "subject": notice.subject,
                    "stage": notice.stage,
                    "day": notice.day,
                    "text": notice.text,
                    "told_at": told_at,
                    "seen_at": seen.get((notice.athlete, notice.kind, notice.subject, notice.stage)),
                }
                for notice, told_at in told
            ]
        )
        return
    show_table(
        {"day": "left", "athlete": "left", "kind": "left", "seen": "left", "alert": "left"},
        [
            (
                *(n.day, n.athlete, f"{n.kind} {n.stage}"),
                "yes" if (n.athlete, n.kind, n.subject, n.stage) in seen else "",
                n.text,
            )
            for n, _ in told
        ],
        "No alert so far.",
    )


def _id(home: Home, athlete: str | None) -> str | None:
    return home.logbook.athlete(athlete).id if athlete else None


def ask(home: Home, name: str, wanted: Mapping[str, object]) -> list[dict[str, Any]]:
    """One question to the published copy."""
    from pipelines.warehouse import reading, store

    with store.open_published(home.settings.published_path) as db:
        return reading.rows(db, name, wanted)
