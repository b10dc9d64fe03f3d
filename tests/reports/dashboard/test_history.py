"""The page of load over time: weeks beside the athlete's own usual range; pain and injuries only for whom they are."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from people import JONAS, coach_of_jonas
from viewers import ClientAs

from features.training_log import Injury, Side, Week
from models.verdict import Level
from pipelines.serving.reach import Reach
from reports.dashboard.viewer import Scope
from reports.dashboard.views.history import history_view
from reports.load_history import LoadHistory, RanSession, usual_before, week_loads
from reports.wording import Measure

MONDAY = date(2026, 6, 1)
PAGE = "/a/jonas/history"


def ran(day: int, km: float | None, knee_km: float | None = None, spike: float | None = None) -> RanSession:
    metres = None if km is None else km * 1000
    return RanSession(f"run-{day}", MONDAY + timedelta(days=day), metres, knee_km and knee_km * 1000, spike)


def history(*sessions: RanSession, weeks: int = 6, injuries: tuple[Injury, ...] = ()) -> LoadHistory:
    first = Week.of(MONDAY)
    return LoadHistory(
        athlete="ada",
        name="Ada",
        weeks=tuple(first.shifted(n) for n in range(weeks)),
        first_day=MONDAY,
        last_day=MONDAY + timedelta(days=7 * weeks - 1),
        sessions=sessions,
        levels={MONDAY + timedelta(days=6): Level.UNKNOWN},
        pain={MONDAY + timedelta(days=2): 3},
        injuries=injuries,
        shows_pain=True,
        shows_body=True,
    )


def test_usual_is_the_lowest_to_the_highest_of_the_four_weeks_before() -> None:
    told = history(*(ran(7 * n, km) for n, km in enumerate([10, 14, 0.5, 12, 30, 11])))
    usual = usual_before(week_loads(told), lambda load: load.distance_m)
    fifth, sixth = told.weeks[4], told.weeks[5]
    assert usual[fifth] == (500, 14_000)
    assert usual[sixth] == (500, 30_000)
    assert [usual[week] for week in told.weeks[:4]] == [None] * 4, "too little to call usual"


def test_a_week_with_a_run_of_unknown_length_is_unknown_and_no_zero() -> None:
    told = history(ran(0, 10), ran(2, None), ran(7, 12), weeks=3)
    first, second, third = week_loads(told)
    assert (first.distance_m, first.runs) == (None, 2)
    assert (second.distance_m, third.distance_m) == (12_000, 0), "a week without a run is a true zero"
    view = history_view(told, 3, Measure("km"))
    assert view.distance.unknown == (16.66,), "a mark in the middle of the first of three weeks"
    assert "not known in 2 runs" in view.rows[0].words


def test_bars_stand_where_their_week_is_and_are_as_high_as_it_was() -> None:
    view = history_view(history(ran(0, 20), ran(7, 10), weeks=2), 2, Measure("km"))
    first, second = view.distance.bars
    assert first.height == 2 * second.height
    assert first.x + first.width / 2 == 25.0
    assert second.x + second.width / 2 == 75.0
    assert view.distance.grid[-1] == (0.0, "20")


def test_a_run_that_stands_out_says_by_how_much() -> None:
    view = history_view(history(ran(0, 10), ran(9, 15, spike=1.5), weeks=2), 2, Measure("km"))
    assert [run.strong for run in view.runs] == [False, True]
    assert view.runs[1].words == "Wed 10 Jun: 15.0 km, 1.5 × the longest of the 30 days before"


def test_an_injury_that_has_not_ended_reaches_the_end_of_the_picture() -> None:
    sore = Injury("ada", "knee", Side.LEFT, MONDAY + timedelta(days=7))
    view = history_view(history(ran(0, 10), weeks=2, injuries=(sore,)), 2, Measure("km"))
    ((box, words),) = view.injuries
    assert (box.x, box.width) == (50.0, 50.0)
    assert words == "Injury (knee, left knee): 8 June 2026 to not ended"


def test_every_week_leads_to_its_page_and_is_in_the_table(client_as: ClientAs) -> None:
    page = client_as(JONAS).get(PAGE).text
    linked = re.findall(r'<th scope="row"><a href="/a/jonas/week/(2026-W\d\d)">', page)
    assert linked[0] == "2026-W47" and len(linked) == 12
    assert len(re.findall(r'class="hit"', page)) == 12
    assert "Week from 9 Nov: 35.5 km in 3 runs; knee-equivalent 36.1 km" in page


def test_longer_spans_show_more_weeks_and_no_other_span_is_there(client_as: ClientAs) -> None:
    client = client_as(JONAS)
    assert len(re.findall(r'class="hit"', client.get(f"{PAGE}?span=all").text)) == 31
    assert client.get(f"{PAGE}?span=ever").status_code == 404


def test_first_load_is_light(client_as: ClientAs) -> None:
    client = client_as(JONAS)
    page = client.get(f"{PAGE}?span=all").text
    parts = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert {"/static/kneewise.css", "/static/athlete.css", "/static/history.js"} <= set(parts)
    assert len(page.encode()) + sum(len(client.get(part).content) for part in parts) < 500_000


@pytest.mark.parametrize(("scopes", "pain", "injury"), [
    ({Scope.TRAINING}, False, False),
    ({Scope.TRAINING, Scope.PAIN}, True, False),
    ({Scope.TRAINING, Scope.BODY}, False, True),
])  # fmt: skip
def test_a_coach_sees_pain_and_injuries_only_where_they_were_shared(
    client_as: ClientAs, reach: Reach, scopes: set[Scope], pain: bool, injury: bool
) -> None:
    reach.logbook.put_injury(Injury("jonas", "knee", Side.RIGHT, date(2026, 10, 1), date(2026, 10, 20)))
    page = client_as(coach_of_jonas(*scopes)).get(PAGE).text
    assert ("knee pain" in page) is pain
    assert ("worst knee pain" in page) is pain
    assert ("1 October 2026" in page) is injury
    assert page.count("did not share it with you") == (not pain) + (not injury)
