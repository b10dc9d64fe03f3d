"""The benchmark of weekly reports: it writes whole reports of what it simulated, and says when it was too slow."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from benchmarks import reports  # noqa: E402
from benchmarks.reports import Spent  # noqa: E402
from pipelines import settings, steps  # noqa: E402
from pipelines.story import build_story  # noqa: E402
from pipelines.warehouse import store  # noqa: E402


def test_what_is_timed_are_reports_of_weeks_with_runs_a_level_and_pain(tmp_path: Path) -> None:
    people = reports.fill(tmp_path, 3)
    config = settings.load(tmp_path)
    with steps.open_home(config) as home, store.open_published(config.published_path) as db:
        for name in people:
            story = build_story(config, home.logbook, db, home.logbook.athlete(name), reports.WEEK)
            assert story.sessions and story.shoes and story.check_ins
            assert story.assessment.level.value != "unknown"
            assert len(story.weeks) == 12
    spent = reports.reported(str(tmp_path), people, is_whole=True)
    assert spent.largest > 20_000
    assert min(spent.story_s, spent.html_and_text_s, spent.pdf_s, spent.mail_s) > 0


@pytest.mark.parametrize(("wall", "ends_with"), [(59.9, 0), (60.1, 1)])
def test_a_thousand_reports_have_a_minute(wall: float, ends_with: int) -> None:
    spent = [Spent(10.0, 1.0, 2.0, 1.0, 40_000)] * 2
    assert reports.tell(1_000, wall, spent, spent, 200) == ends_with
