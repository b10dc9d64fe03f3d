"""The demo: two invented athletes from the project's own sample files, synced as Prefect flows."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import platformdirs

from features.training_log import Athlete, CheckIn, Injury, Onset, Sex, Shoe, Side, Symptom
from pipelines import prefect_home
from pipelines.errors import KneewiseError
from pipelines.logbook import shoe_rules, shoes
from pipelines.logbook.store import Logbook
from pipelines.settings import CONFIG_NAME, Settings, load
from pipelines.steps import WrittenReport, open_home

DEMO_TODAY = date(2026, 11, 16)  # the Monday after the last sample file
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def default_home() -> Path:
    """``$KNEEWISE_HOME``, else a folder of the demo's own: invented athletes never mix with real ones."""
    told = os.environ.get("KNEEWISE_HOME")
    return Path(told) if told else platformdirs.user_data_path("kneewise-demo", appauthor=False)


def samples_folder() -> Path:
    """``data_samples``: inside the installed package, or at the top of a checkout."""
    here = Path(__file__).resolve().parent
    for folder in (here / "data_samples", here.parent / "data_samples"):
        if (folder / "people.toml").is_file():
            return folder
    raise KneewiseError("the sample files are not part of this installation; use a checkout of the project.")


def run(settings: Settings, say: Callable[[str], None]) -> list[WrittenReport]:
    """Fill the demo's home, run the sync and the weekly reports as flows, say how it goes.

    Raises KneewiseError if the home folder belongs to real athletes.
    """
    samples = samples_folder()
    people = tomllib.loads((samples / "people.toml").read_text(encoding="utf-8"))
    settings = _prepare_home(settings, people)
    prefect_home.prepare(settings)
    say(f"Demo folder: {settings.home} (it pretends that today is {settings.today})")
    say("Starting Prefect; the first start makes its database and takes a moment …")
    from pipelines import flows

    athletes = [told["id"] for told in people["athletes"]]
    intakes = flows.sync(settings.home, {athlete: [samples / athlete] for athlete in athletes})
    for athlete, intake in intakes.items():
        outcomes = ", ".join(f"{count} {outcome}" for outcome, count in sorted(intake.outcomes.items()))
        say(f"{athlete}: {intake.files} files ({outcomes or 'all known'})")
    with open_home(settings) as home:
        for notice, _ in home.logbook.notices():
            say(f"Alert for {notice.athlete}: {notice.text}")
    return [flows.weekly_report(settings.home, athlete) for athlete in athletes]


def _prepare_home(settings: Settings, people: dict[str, Any]) -> Settings:
    demo_athletes = {told["id"] for told in people["athletes"]}
    with open_home(settings) as home:
        known = {athlete.id for athlete in home.logbook.athletes()}
        strangers = known - demo_athletes
        if strangers:
            raise KneewiseError(
                f"{settings.home} already holds real athletes ({', '.join(sorted(strangers))}). "
                "Give the demo a folder of its own: kneewise demo --home DIR"
            )
        if not known:
            tell_logbook(home.logbook, people)
    config = settings.home / CONFIG_NAME
    if not config.exists():
        config.write_text(
            f"# This folder holds the demo, whose files end in November 2026.\ntoday = {DEMO_TODAY}\n",
            encoding="utf-8",
        )
    return load(settings.home)


def tell_logbook(logbook: Logbook, people: dict[str, Any]) -> None:
    """Enter what ``people.toml`` tells: profiles, injuries, shoes, rules, check-ins."""
    for told in people["athletes"]:
        injuries = tuple(_injury(i) for i in people["injuries"] if i["athlete"] == told["id"])
        profile = {**told, "sex": Sex(told["sex"]), "equipment": frozenset(told["equipment"])}
        logbook.add_athlete(Athlete(**profile, injuries=injuries))
    for told in people["shoes"]:
        shoes.add_shoe(logbook, Shoe(**told))
    for told in people["shoe_rules"]:
        shoe_rules.add_rule(
            logbook,
            shoe_rules.ShoeRule(
                athlete=told["athlete"],
                shoe=told["shoe"],
                from_day=told["from"],
                to_day=told.get("to"),
                sub_sport=told.get("sub_sport"),
                weekday=WEEKDAYS.index(told["weekday"]) + 1 if "weekday" in told else None,
            ),
        )
    for told in people["shoe_exceptions"]:  # rules of one day, added last, so they win
        shoe_rules.add_rule(
            logbook, shoe_rules.ShoeRule(told["athlete"], told["shoe"], told["day"], told["day"])
        )
    for told in people["check_ins"]:
        logbook.put_check_in(_check_in(told))


def _injury(told: dict[str, Any]) -> Injury:
    return Injury(**{**told, "side": Side(told["side"])})


def _check_in(told: dict[str, Any]) -> CheckIn:
    return CheckIn(
        **{
            **told,
            "side": Side(told["side"]) if "side" in told else None,
            "onset": Onset(told["onset"]) if "onset" in told else None,
            "symptoms": frozenset(Symptom(s) for s in told.get("symptoms", ())),
        }
    )
