"""``kneewise notify``: where, what and when an athlete is told, and what became of each message."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.options import AthleteOption, HomeOption, JsonOption, a_day, opened
from pipelines.console import say, show_json, show_table
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from features.training_log import Athlete
    from pipelines.logbook.deliveries import Delivery
    from pipelines.logbook.telling import QuietHours
    from pipelines.steps import Home

app = typer.Typer(no_args_is_help=True, help="Messages: where to, which, when, and what became of them.")

Kind = Annotated[str, typer.Argument(help="A kind of alert (see kneewise notify list), or weekly_report.")]


@app.command()
def add(
    context: typer.Context,
    address: Annotated[
        str,
        typer.Argument(help="ada@example.org, an Apprise URL, or env:NAME / file:PATH where one is kept."),
    ],
    athlete: AthleteOption = None,
    home: HomeOption = None,
) -> None:
    """Tell the athlete at a mail address, or through any service that Apprise knows (ntfy, Telegram, Slack …)."""
    from pipelines.channels import addresses
    from pipelines.logbook import telling

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        channel = telling.add_channel(
            found.logbook, person.id, addresses.checked(address), found.settings.now()
        )
        has_server = found.settings.smtp_host is not None
    say(
        f"Channel {channel.id}: {addresses.label(channel.address)}. Try it: kneewise notify test {channel.id}"
    )
    if addresses.is_mail(channel.address) and not has_server:
        say("No mail server is set yet: set smtp_host and smtp_from (docs/settings.md).")


@app.command(name="list")
def list_(
    context: typer.Context, athlete: AthleteOption = None, json: JsonOption = False, home: HomeOption = None
) -> None:
    """Channels, choices, quiet hours and snoozes."""
    from pipelines.channels import addresses
    from pipelines.logbook import telling

    with opened(context, home) as found:
        people = [found.logbook.athlete(athlete)] if athlete else found.logbook.athletes()
        channels = [c for person in people for c in telling.channels(found.logbook, person.id)]
        ways = [_way(found, person) for person in people]
    if json:
        show_json(
            {
                "channels": [
                    {
                        "id": c.id,
                        "athlete": c.athlete,
                        "address": addresses.label(c.address),
                        "added_at": c.added_at,
                        "stopped_at": c.stopped_at,
                    }
                    for c in channels
                ],
                "athletes": [asdict(way) for way in ways],
            }
        )
        return
    show_table(
        {"channel": "right", "athlete": "left", "address": "left", "stopped": "left"},
        [
            (c.id, c.athlete, addresses.label(c.address), c.stopped_at and c.stopped_at.date())
            for c in channels
        ],
        "No channel yet, so nothing is sent. Add one: kneewise notify add ADDRESS",
    )
    for way in ways:
        say(f"\n{way.athlete}: quiet hours {way.quiet_hours or 'none'}")
        for kind, choice in way.choices.items():
            say(f"  {kind}: {choice}")
        for put_off in way.snoozes:
            say(f"  {put_off.kind} {put_off.subject}: not before {put_off.until}")


@app.command()
def remove(
    context: typer.Context,
    channel: Annotated[int, typer.Argument(help="The channel's number, as kneewise notify list shows it.")],
    athlete: AthleteOption = None,
    home: HomeOption = None,
) -> None:
    """Forget a channel with its address; what waits for it is not sent."""
    from pipelines.channels import addresses
    from pipelines.logbook import telling

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        gone = telling.remove_channel(found.logbook, person.id, channel, found.settings.now())
    say(f"Removed channel {gone.id}: {addresses.label(gone.address)}.")


@app.command()
def test(
    context: typer.Context,
    channel: Annotated[
        int | None, typer.Argument(help="One channel; without it, all of the athlete's.")
    ] = None,
    athlete: AthleteOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Send a test message now, quiet hours or not, and say what became of it."""
    from pipelines.logbook import deliveries, outbox, telling
    from pipelines.telling.sending import send_due

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        wanted = [
            c
            for c in telling.channels(found.logbook, person.id)
            if c.stopped_at is None and channel in (None, c.id)
        ]
        if not wanted:
            raise KneewiseError("there is no such channel to test. See: kneewise notify list")
        numbers = [outbox.queue_test(found.logbook, c, found.settings.now()) for c in wanted]
        send_due(found)
        ended = [deliveries.one(found.logbook, number) for number in numbers]
    _show(ended, json)
    if any(delivery.state != "sent" for delivery in ended):
        raise KneewiseError("a test message has not been sent; the reason is above.")


@app.command()
def log(
    context: typer.Context,
    last: Annotated[int, typer.Option("--last", min=1, help="How many, the newest.")] = 30,
    athlete: AthleteOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """What became of each message on each channel, and why one was not sent."""
    from pipelines.logbook import deliveries

    with opened(context, home) as found:
        who = found.logbook.athlete(athlete).id if athlete else None
        found_deliveries = deliveries.newest(found.logbook, who, last)
    _show(found_deliveries, json)


@app.command()
def choose(
    context: typer.Context,
    kind: Kind,
    choice: Annotated[str, typer.Argument(help="off, at_once or weekly (with the weekly report).")],
    athlete: AthleteOption = None,
    home: HomeOption = None,
) -> None:
    """Choose for one kind of alert whether it is sent at once, weekly or not at all."""
    from pipelines.logbook import telling
    from pipelines.logbook.telling import Choice
    from reports.alerts import WEEKLY_REPORT

    _check_kind(kind, with_report=True)
    allowed = [Choice.OFF, Choice.WEEKLY] if kind == WEEKLY_REPORT else list(Choice)
    if choice not in allowed:
        raise KneewiseError(f"for {kind} the choice is {' or '.join(allowed)}, not {choice!r}.")
    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        telling.choose(found.logbook, person.id, kind, Choice(choice))
    say(f"{person.id}: {kind} {choice}.")


@app.command()
def quiet(
    context: typer.Context,
    hours: Annotated[str, typer.Argument(help="Like 21:30-07:00, by the athlete's clock; none for none.")],
    athlete: AthleteOption = None,
    home: HomeOption = None,
) -> None:
    """Set the hours in which nothing is sent; it is sent when they end."""
    from pipelines.logbook import telling

    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        told = _hours(hours)
        telling.set_quiet_hours(found.logbook, person.id, told)
    say(f"{person.id}: quiet hours {_as_hours(told) or 'none'} ({person.zone}).")


@app.command()
def snooze(
    context: typer.Context,
    kind: Kind,
    until: Annotated[str, typer.Option("--until", help="The day from which it is told again.")],
    subject: Annotated[
        str,
        typer.Option("--subject", help="Only this, like the id of a pair of shoes; else all of that kind."),
    ] = "",
    athlete: AthleteOption = None,
    home: HomeOption = None,
) -> None:
    """Put off one kind of alert, or one pair of shoes. What still holds then is told then."""
    from pipelines.logbook import telling
    from pipelines.logbook.telling import Snooze

    _check_kind(kind, with_report=False)
    day = a_day(until)
    assert day is not None
    with opened(context, home) as found:
        person = found.logbook.athlete(athlete)
        telling.snooze(found.logbook, Snooze(person.id, kind, subject, day))
    say(f"{person.id}: {kind} {subject or 'as a whole'} not before {day}.")


@app.command()
def send(context: typer.Context, home: HomeOption = None) -> None:
    """Queue the weekly reports and digests that are due and send all that may go now: for cron, and after mending a setting."""
    from pipelines import steps
    from pipelines.telling.sending import send_due

    with opened(context, home) as found:
        steps.queue_reports_due(found)
        steps.queue_digests_due(found)
        done = send_due(found, is_patient=False)
    say(f"{done.sent} sent, {done.failed} failed, {done.later} to be tried again.")


def _show(deliveries: list[Delivery] | tuple[Delivery, ...], json: bool) -> None:
    if json:
        show_json(
            [
                {
                    "athlete": d.message.athlete,
                    "kind": d.message.kind,
                    "channel": d.channel,
                    "address": d.label,
                    "state": d.state,
                    "attempts": d.attempts,
                    "queued_at": d.message.created_at,
                    "changed_at": d.changed_at,
                    "next_try_at": d.next_try_at if d.state in ("waiting", "sending") else None,
                    "message_id": d.message_id,
                    "possibly_repeated": d.possibly_repeated,
                    "reason": d.reason,
                }
                for d in deliveries
            ]
        )
        return
    show_table(
        {"when (UTC)": "left", "athlete": "left", "message": "left", "to": "left", "state": "left"}
        | {"attempts": "right", "reason": "left"},
        [
            (
                f"{d.changed_at:%Y-%m-%d %H:%M}",
                d.message.athlete,
                d.message.kind,
                d.label,
                d.state + (", possibly twice" if d.possibly_repeated else ""),
                d.attempts,
                d.reason,
            )
            for d in deliveries
        ],
        "No message so far.",
    )


@dataclass(frozen=True, slots=True)
class _PutOff:
    kind: str
    subject: str
    until: date


@dataclass(frozen=True, slots=True)
class _Way:
    athlete: str
    quiet_hours: str | None
    choices: Mapping[str, str]
    snoozes: list[_PutOff]


def _way(home: Home, person: Athlete) -> _Way:
    """How one athlete is told."""
    from pipelines.logbook import telling
    from pipelines.logbook.telling import USUAL_CHOICE, USUAL_QUIET_HOURS, Choice
    from reports.alerts import KINDS, WEEKLY_REPORT

    chosen = telling.choices(home.logbook, person.id)
    usual = {**dict.fromkeys(KINDS, USUAL_CHOICE), WEEKLY_REPORT: Choice.WEEKLY}
    snoozes = telling.snoozes(home.logbook, person.id, home.settings.today_in(person.zone))
    return _Way(
        person.id,
        _as_hours(telling.quiet_hours(home.logbook).get(person.id, USUAL_QUIET_HOURS)),
        {kind: str(chosen.get(kind, choice)) for kind, choice in usual.items()},
        [_PutOff(s.kind, s.subject, s.until) for s in snoozes],
    )


def _check_kind(kind: str, with_report: bool) -> None:
    from reports.alerts import KINDS, WEEKLY_REPORT

    known = (*KINDS, WEEKLY_REPORT) if with_report else KINDS
    if kind not in known:
        raise KneewiseError(f"{kind!r} is no kind; there are: {', '.join(known)}.")


def _hours(text: str) -> QuietHours:
    from pipelines.logbook.telling import QuietHours

    if text == "none":
        return QuietHours(0, 0)
    clock = r"([01]?\d|2[0-3]):([0-5]\d)"
    found = re.fullmatch(rf"{clock}\s*[-–]\s*{clock}", text.strip())
    if found is None:
        raise KneewiseError(f"{text!r} are no hours; they look like 21:30-07:00, or none.")
    first_hour, first_minute, last_hour, last_minute = map(int, found.groups())
    return QuietHours(first_hour * 60 + first_minute, last_hour * 60 + last_minute)


def _as_hours(hours: QuietHours) -> str | None:
    if hours.from_minute == hours.to_minute:
        return None
    ends = (hours.from_minute, hours.to_minute)
    return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in ends)
