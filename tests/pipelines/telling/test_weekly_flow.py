"""The weekly flow under a real Prefect: files in, one mail with the report out, and no second one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from icalendar import Calendar
from page_text import Reader
from pipelines_cli import PROJECT, TODAY, kneewise
from pypdf import PdfReader
from smtp_server import serving

RUN = PROJECT / "data_samples" / "jonas" / "2026-11-14-long.fit.gz"
FLOW = """
import sys
from pathlib import Path
from pipelines import prefect_home, settings
home = Path(sys.argv[1])
prefect_home.prepare(settings.load(home))
from pipelines import flows
for _ in range(2):
    flows.weekly_report(home, "ada")
"""


@pytest.mark.slow
def test_the_weekly_flow_mails_the_report_once(tmp_path: Path) -> None:
    kneewise("athlete", "add", "Ada", "--zone", "Europe/Berlin", home=tmp_path)
    kneewise("notify", "add", "ada@example.org", home=tmp_path)
    kneewise("notify", "quiet", "none", home=tmp_path)
    assert kneewise("sync", RUN, home=tmp_path).returncode == 0  # without a server nothing is lost
    with serving() as inbox:
        mail = {
            "KNEEWISE_TODAY": TODAY,
            "KNEEWISE_SMTP_HOST": "127.0.0.1",
            "KNEEWISE_SMTP_PORT": str(inbox.port),
            "KNEEWISE_SMTP_SECURITY": "none",
            "KNEEWISE_SMTP_FROM": "knee@example.org",
        }
        done = subprocess.run(
            [sys.executable, "-c", FLOW, str(tmp_path)],
            env={**os.environ, **mail},
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        kneewise("notify", "send", home=tmp_path, env=mail)
    reports = [got for got in inbox.mails if "Monday 9 to Sunday 15" in str(got.mail["Subject"])]
    assert len(reports) == 1
    text, html = reports[0].mail.get_body(("plain",)), reports[0].mail.get_body(("html",))
    assert text is not None and html is not None
    assert "21.1 km" in text.get_content()
    assert "21.1 km" in Reader(html.get_content()).text
    assert len(html.get_content().encode()) < 100_000  # some mail readers cut off what is longer
    named = re.findall(r'src="cid:([^"]+)"', html.get_content())
    beside = {p["Content-ID"].strip("<>"): p for p in reports[0].mail.walk() if p["Content-ID"]}
    assert named and sorted(named) == sorted(beside)  # every picture came along, and none for nothing
    assert all(part.get_content().startswith(b"\x89PNG") for part in beside.values())
    paper, calendar = reports[0].mail.iter_attachments()
    assert (calendar.get_filename(), calendar.get_content_type()) == (
        "kneewise-2026-W47.ics",
        "text/calendar",
    )
    events = Calendar.from_ical(calendar.get_content()).walk("VEVENT")
    planned = [e.decoded("dtstart") for e in events if "exercises" in e["uid"]]
    assert planned and all(date(2026, 11, 16) <= day <= date(2026, 11, 22) for day in planned)
    assert paper.get_filename() == "kneewise-2026-W46.pdf"
    pdf = PdfReader(BytesIO(paper.get_content()))
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Ada: Week 46, Monday 9 to Sunday 15 November 2026"
    assert "21.1 km" in " ".join(page.extract_text() for page in pdf.pages)
