"""The six steps as Prefect flows: scheduled, retried, recorded. The only file that knows Prefect.

Prefect reads its settings when it is imported, so import this module only after
``prefect_home.prepare``: state below the home folder, no telemetry.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from prefect import flow, get_run_logger, serve, task
from prefect.cache_policies import NO_CACHE
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Interval

from features.training_log import Week
from pipelines import learning, steps
from pipelines import settings as settings_of
from pipelines.intake import Intake
from pipelines.jobs import recorded
from pipelines.learning import Trained
from pipelines.settings import Settings
from pipelines.steps import Home, WrittenReport, open_home
from pipelines.telling import sending, trouble
from pipelines.warehouse import store
from reports.jobs import REPORTS, SYNC

INBOX_EVERY = timedelta(minutes=5)
DAILY_AT = "30 4 * * *"
WEEKLY_AT = {
    "monday": "0 6 * * 1",
    "sunday": "0 6 * * 0",
}  # the first morning of a week, in the athlete's own zone


@task(cache_policy=NO_CACHE)
def collect(home: Home, athlete: str, paths: list[Path]) -> Intake:
    with store.open_for_writing(home.settings.warehouse_path) as db:
        return steps.collect(home, db, home.logbook.athlete(athlete), paths, lambda *_: None)


@task(cache_policy=NO_CACHE)
def measure(home: Home) -> None:
    with store.open_for_writing(home.settings.warehouse_path) as db:
        steps.measure(home, db)


@task(cache_policy=NO_CACHE)
def assess(home: Home) -> None:
    with store.open_for_writing(home.settings.warehouse_path) as db:
        steps.assess(home, db)


@task(cache_policy=NO_CACHE)
def report(home: Home, athlete: str, week: Week) -> WrittenReport:
    with store.open_for_writing(home.settings.warehouse_path) as db:
        return steps.report(home, db, home.logbook.athlete(athlete), week)


@task(cache_policy=NO_CACHE)
def deliver(home: Home, athlete: str) -> list[str]:
    with store.open_for_writing(home.settings.warehouse_path) as db:
        return [notice.text for notice in steps.deliver(home, db, home.logbook.athlete(athlete))]


@task(cache_policy=NO_CACHE)
def publish(home: Home) -> None:
    with store.open_for_writing(home.settings.warehouse_path) as db:
        steps.publish(home, db)


@task(cache_policy=NO_CACHE)
def learn(home: Home) -> Trained:
    with store.open_for_writing(home.settings.warehouse_path) as db:
        return learning.train(home, db)


def _is_current(home: Home) -> bool:
    with store.open_for_writing(home.settings.warehouse_path) as db:
        return steps.is_current(home, db)


@flow(name="kneewise-sync", validate_parameters=False)
def sync(home_path: Path, sources: dict[str, list[Path]]) -> dict[str, Intake]:
    """Collect each athlete's paths; where something is new, measure and assess; deliver and publish."""
    with open_home(settings_of.load(Path(home_path))) as home:
        with recorded(home, SYNC) as counts, trouble.told(home, "sync", sources):
            intakes = {athlete: collect(home, athlete, paths) for athlete, paths in sources.items()}
            counts.update(steps.counted(intakes.values()))
            if not _is_current(home):
                measure(home)
                assess(home)
            for athlete in sources:
                for text in deliver(home, athlete):
                    get_run_logger().info(text)
            publish(home)
        sending.send_due(home)
    return intakes


@flow(name="kneewise-inbox", validate_parameters=False)
def inbox(home_path: Path) -> None:
    """Sync what lies in each athlete's folder of the inbox."""
    with open_home(settings_of.load(Path(home_path))) as home:
        sources = steps.settled_inbox(home)
        steps.queue_digests_due(home)
        sending.send_due(home)  # quiet hours and pauses end between syncs
    if sources:
        sync(home_path, sources)


@flow(name="kneewise-daily", validate_parameters=False)
def daily(home_path: Path) -> None:
    """A new day moves every 30-day window: measure, assess, deliver and publish anew. Makes up for weekly
    reports whose morning this computer was off."""
    with open_home(settings_of.load(Path(home_path))) as home:
        everyone = [athlete.id for athlete in home.logbook.athletes()]
        steps.queue_reports_due(home)
        steps.queue_digests_due(home)
    sync(home_path, {athlete: [] for athlete in everyone})


@flow(name="kneewise-weekly-report", validate_parameters=False)
def weekly_report(home_path: Path, athlete: str, week: str | None = None) -> WrittenReport:
    """One athlete's report of ``week`` (2026-W46), or of the last week that is over for them."""
    with open_home(settings_of.load(Path(home_path))) as home:
        with recorded(home, REPORTS) as counts, trouble.told(home, "weekly report", [athlete]):
            measure(home)
            assess(home)
            person = home.logbook.athlete(athlete)
            wanted = (
                Week.parse(week, person.week_start) if week else steps.last_full_week(home.settings, person)
            )
            written = report(home, athlete, wanted)
            counts["reports"] = 1
            steps.queue_report(home, person, written)
            publish(home)
        sending.send_due(home)
    return written


@flow(name="kneewise-train", validate_parameters=False)
def train(home_path: Path) -> Trained:
    """Learn from the home's athletes, say whether the result may be used, and assess with what is used now."""
    with open_home(settings_of.load(Path(home_path))) as home:
        measure(home)
        trained = learn(home)
        get_run_logger().info(trained.model.verdict)
        assess(home)
        publish(home)
    return trained


def deployments(settings: Settings) -> list[RunnerDeployment]:
    """Inbox every five minutes, an assessment of everyone on each morning that begins in a zone of theirs, and a
    weekly report per athlete on the first morning of their own week."""
    home = {"home_path": str(settings.home)}
    with open_home(settings) as opened:
        athletes = opened.logbook.athletes()
    plan = RunnerDeployment.from_flow
    return [
        plan(inbox, "inbox", schedule=Interval(INBOX_EVERY), parameters=home),
        *(
            plan(
                daily,
                f"daily-{zone.replace('/', '-')}",  # Prefect takes no slash in a name
                schedule=Cron(DAILY_AT, timezone=zone),
                parameters=home,
            )
            for zone in sorted({athlete.zone for athlete in athletes} or {"UTC"})
        ),
        *(
            plan(
                weekly_report,
                f"weekly-{athlete.id}",
                schedule=Cron(WEEKLY_AT[athlete.week_start], timezone=athlete.zone),
                parameters={**home, "athlete": athlete.id},
            )
            for athlete in athletes
        ),
    ]


def serve_schedules(settings: Settings) -> None:
    """Run the deployments until interrupted; needs a running Prefect server."""
    serve(*deployments(settings))
