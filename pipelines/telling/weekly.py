"""The weekly message: one for each athlete and week, from the morning after it on, by their own clock and calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote
from zoneinfo import ZoneInfo

from features.training_log import Athlete, Week
from pipelines.logbook import outbox, telling
from pipelines.logbook.outbox import Attachment, Body
from pipelines.logbook.telling import Choice
from reports.alerts import WEEKLY_REPORT
from reports.page import Links, Page
from reports.week_mail import mail_html, mail_pictures
from reports.weekly import text_of
from reports.wording import plain, week_span

if TYPE_CHECKING:
    from pipelines.steps import Home

MORNING = time(6)
# Without its charset a calendar is read as ASCII; the method is that of the file (RFC 6047).
CALENDAR = "text/calendar; charset=utf-8; method=PUBLISH"


def week_to_send(home: Home, athlete: Athlete, now: datetime) -> Week | None:
    """The week whose report should be on its way by now and is not queued; None if there is none.

    It is the last whole week, from six o'clock of the athlete's first day of the next one on. A computer that was off then
    makes up for it later that week. Weeks from before the first channel are not sent.
    """
    zone = ZoneInfo(athlete.zone)
    local = now.astimezone(zone)
    week = Week.of(local.date(), athlete.week_start).shifted(-1)
    due_at = datetime.combine(week.last_day + timedelta(days=1), MORNING, zone)
    if now < due_at or outbox.is_queued(home.logbook, outbox.week_key(athlete.id, week)):
        return None
    open_since = [c.added_at for c in telling.channels(home.logbook, athlete.id) if c.stopped_at is None]
    is_off = telling.choices(home.logbook, athlete.id).get(WEEKLY_REPORT) is Choice.OFF
    return None if is_off or not open_since or min(open_since) > due_at else week


def body(home: Home, athlete: Athlete, week: Week, page: Page, pdf: bytes) -> Body:
    """The report as it is mailed: text, HTML, and everything that goes along as a file."""
    found = links_to(home, athlete, week, page)
    return Body(text_of(page, found), mail_html(page, found), attachments(week, page, pdf))


def attachments(week: Week, page: Page, pdf: bytes) -> tuple[Attachment, ...]:
    """The pictures that the HTML calls by name, and the report on paper."""
    pictures = (Attachment(picture.name, "image/png", picture.content) for picture in mail_pictures(page))
    return (*pictures, Attachment(f"kneewise-{week}.pdf", "application/pdf", pdf))


def with_calendar(body: Body, planned: Week, calendar: bytes) -> Body:
    """The same mail with the coming week's plan as a calendar file."""
    part = Attachment(f"kneewise-{planned}.ics", CALENDAR, calendar)
    return replace(body, attachments=(*body.attachments, part))


def links_to(home: Home, athlete: Athlete, week: Week, page: Page) -> Links | None:
    """The athlete's own pages, where a public address is set."""
    address = home.settings.public_url
    if address is None:
        return None
    own = f"{address.rstrip('/')}/a/{quote(athlete.id)}"
    efforts = {run.activity: f"{own}/runs/{quote(run.activity)}#effort" for run in page.runs}
    return Links(f"{own}/week/{week}", f"{own}/checkin", f"{own}/shoes", efforts)


def queue(home: Home, athlete: Athlete, week: Week, body: Body) -> bool:
    """Put a week's report into the outbox, unless it is there already."""
    subject = f"Kneewise: {plain(athlete.name)}, {week_span(week)}"
    return outbox.queue_week(home.logbook, athlete, week, subject, body, home.settings.now())
