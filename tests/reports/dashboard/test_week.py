"""The week's page: the answer first, reasons that add up, and of a shared week exactly what was shared."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date, timedelta
from html import unescape

import pytest
from people import JONAS, MARA, coach_of_jonas
from viewers import ClientAs

from features.training_log import Athlete, CheckIn, Symptom
from pipelines.serving.reach import Reach
from reports.dashboard.viewer import Scope, Viewer
from reports.week_story import WeekStory

LAST_WEEK = "/a/jonas/week/2026-W46"


def words(page: str) -> str:
    """What is read: without tags, on one line."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def test_the_answer_comes_first(client_as: ClientAs) -> None:
    told = words(client_as(JONAS).get(LAST_WEEK).text)
    order = ["Week 46", "■ High", "Saturday's 21.1 km is 1.5 × your longest run", "What now", "8.4 km", "Why"]
    places = [told.index(part) for part in order]
    assert places == sorted(places)


def test_the_reasons_multiply_to_the_sum_that_is_shown(client_as: ClientAs) -> None:
    page = client_as(JONAS).get(LAST_WEEK).text
    *factors, total = [float(f) for f in re.findall(r'class="times">× ([\d.]+)<', page)]
    product = 1.0
    for factor in factors:
        product *= factor
    assert len(factors) == 3
    assert product == pytest.approx(total, abs=0.02)  # each is printed with two decimals


def test_bars_are_laid_end_to_end(client_as: ClientAs) -> None:
    page = client_as(JONAS).get(LAST_WEEK).text
    bars = [(float(x), float(w)) for x, w in re.findall(r'class="fill" x="([\d.]+)" width="([\d.]+)"', page)]
    first, second, third, together = bars[:4]
    assert second[0] == pytest.approx(first[0] + first[1], abs=0.11)
    assert third[0] == pytest.approx(second[0] + second[1], abs=0.11)
    assert together == (0.0, pytest.approx(third[0] + third[1], abs=0.11))


def test_each_run_leads_to_its_page(client_as: ClientAs, reach: Reach) -> None:
    page = client_as(JONAS).get(LAST_WEEK).text
    linked = set(re.findall(r'href="/a/jonas/runs/([^"]+)"', page))
    with reach.published.reading() as db:
        rows = db.execute(
            "select id from run where athlete = 'jonas' and day between '2026-11-09' and '2026-11-15'"
        ).fetchall()
    assert len(linked) == 3
    assert linked == {row[0] for row in rows}


def test_on_a_monday_the_page_tells_of_the_seven_days_that_the_level_is_about(client_as: ClientAs) -> None:
    told = words(client_as(JONAS).get("/a/jonas").text)
    assert "Monday 16 to Sunday 22 November 2026 This week" in told
    assert "3 runs, 35.5 km in the last seven days." in told
    assert "Runs of the last seven days Sat 14 Nov 21.1 km" in told


def test_weeks_lead_to_each_other_as_far_as_there_is_a_record(client_as: ClientAs) -> None:
    client = client_as(MARA)
    assert 'href="/a/mara/week/2026-W46"' in client.get("/a/mara").text
    assert 'rel="next"' not in client.get("/a/mara").text
    first = client.get("/a/mara/week/2026-W17").text
    assert 'rel="prev"' not in first
    assert 'href="/a/mara/week/2026-W18"' in first


@pytest.mark.parametrize("week", ["2026-W60", "soon", "2027-W01", "2026-W47'--"])
def test_a_week_that_has_not_begun_or_is_none_is_not_there(client_as: ClientAs, week: str) -> None:
    assert client_as(MARA).get(f"/a/mara/week/{week}").status_code == 404


def test_a_red_flag_stands_before_everything(client_as: ClientAs, reach: Reach) -> None:
    reach.logbook.put_check_in(CheckIn("mara", date(2026, 11, 16), symptoms=frozenset({Symptom.LOCKING})))
    told = words(client_as(MARA).get("/a/mara").text)
    assert told.index("First, before anything else") < told.index("Level of the last seven days")
    assert "The knee locks." in told
    assert "No exercises this week: your knee comes first." in told


def test_the_first_week_is_unknown_and_says_why(client_as: ClientAs) -> None:
    told = words(client_as(MARA).get("/a/mara/week/2026-W17").text)
    assert "○ Unknown" in told
    assert "fewer than 30 days of recordings" in told


def test_without_any_recording_the_page_says_how_to_bring_some(client_as: ClientAs, reach: Reach) -> None:
    reach.logbook.add_athlete(Athlete("nils", "Nils Neu"))
    page = client_as(Viewer(9, "Nils Neu", athlete="nils")).get("/a/nils").text
    assert "Nothing is recorded yet" in words(page)
    assert 'href="/a/nils/upload"' in page


def test_a_day_that_is_not_measured_yet_is_not_told_as_unknown(client_as: ClientAs, reach: Reach) -> None:
    """The pipeline has not run since yesterday: the page tells of yesterday, and says so."""
    object.__setattr__(reach.settings, "today", date(2026, 11, 18))
    told = words(client_as(JONAS).get("/a/jonas").text)
    assert "■ High" in told
    assert "Worked out up to Monday 16 Nov; later days follow with the next sync." in told


PAINFUL_WORDS = ("irritated", "of 10", "gradually", "check-in", "worse", "runner's knee")
BODY_WORDS = ("last knee injury", "arlier knee injury", "injuries count", "9 months")


def test_a_coach_with_training_alone_reads_neither_pain_nor_body(client_as: ClientAs) -> None:
    page = client_as(coach_of_jonas(Scope.TRAINING)).get(LAST_WEEK).text
    told = words(page)
    for word in (*PAINFUL_WORDS, *BODY_WORDS):
        assert word not in told, word
    assert "Jonas Weber did not share it with you" in told
    assert "Not shared with you × 1.54" in told, "what it adds is part of the sum"
    assert "■ High" in told
    assert "8.4 km" not in told, "shorter because of the knee: that would tell of it"


def test_a_coach_with_pain_but_not_body_reads_pain_alone(client_as: ClientAs) -> None:
    told = words(client_as(coach_of_jonas(Scope.TRAINING, Scope.PAIN)).get(LAST_WEEK).text)
    assert "irritated" in told
    for word in BODY_WORDS:
        assert word not in told, word


def test_a_coach_with_everything_reads_what_the_athlete_reads(client_as: ClientAs) -> None:
    told = words(client_as(coach_of_jonas(*Scope)).get(LAST_WEEK).text)
    assert "Your last knee injury ended 9 months ago" in told
    assert "irritated" in told
    assert "8.4 km" in told


def test_a_coach_without_pain_learns_that_a_reason_is_missing_where_pain_sets_the_level(
    client_as: ClientAs, reach: Reach
) -> None:
    for days in range(3):
        pain = CheckIn("jonas", date(2026, 6, 28) - timedelta(days=days), pain_running=8)
        reach.logbook.put_check_in(pain)
    week = "/a/jonas/week/2026-W26"
    own = words(client_as(JONAS).get(week).text)
    assert "Pain above 5 of 10 comes before any training number" in own
    told = words(client_as(coach_of_jonas(Scope.TRAINING)).get(week).text)
    assert "A reason that was not shared with you also sets this level." in told
    for word in (*PAINFUL_WORDS, "8 of", "Pain above", "Stop running"):
        assert word not in told, word


def test_no_form_of_the_owner_is_offered_to_a_coach(client_as: ClientAs) -> None:
    page = client_as(coach_of_jonas(*Scope)).get("/a/jonas").text
    assert "/checkin" not in page
    assert "/a/jonas/shoes" not in page


def test_each_part_of_a_week_was_decided_on_when_it_is_shared() -> None:
    """A new part of the story is shared with a coach who has training alone unless ``as_shared`` takes it out."""
    told_with_training = {
        *(
            "week",
            "as_of",
            "sessions",
            "features",
            "features_before",
            "cadence",
            "shoes",
            "files_with_problems",
        ),
    }
    taken_out_or_emptied = {
        *("athlete", "weeks", "assessment", "triage", "knee_pain", "plan", "check_ins", "past", "adherence"),
    }
    assert {field.name for field in fields(WeekStory)} == told_with_training | taken_out_or_emptied
