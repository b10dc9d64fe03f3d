"""The weekly report, told for five athletes: what it says, what it must never say, what it is made of."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import builders
import golden
import pytest
from builders import SUNDAY, TUESDAY, athlete, calm_story, hilly_story, jump, story
from page_text import Reader, flat

from features.training_log import CheckIn, Flag, Side
from models.exercises import library
from reports.week_story import WeekStory
from reports.weekly import render_html, render_text

NAMES = sorted(builders.STORIES)


def both(told: WeekStory) -> tuple[str, str]:
    """What a reader sees on the page, and in the plain text."""
    return Reader(render_html(told)).text, flat(render_text(told))


def assert_says(told: WeekStory, *sentences: str) -> None:
    for shown in both(told):
        for sentence in sentences:
            assert sentence in shown


def test_the_hilly_week_names_the_jump_the_descent_and_the_shoes_with_numbers() -> None:
    assert_says(
        hilly_story(),
        "Sunday's 21.3 km is 1.5 × your longest run of the 30 days before (14.1 km).",
        "Sunday's 640 m of descent is 2.1 × the most in one run of the 30 days before (305 m).",
        "655 km of 600 km (109 %), 8 months old (limit 6 months).",
        "4 runs, 44.6 km in all: 29 % more than your usual week (34.5 km).",
    )


def test_the_factors_are_shown_with_their_product() -> None:
    # e^0.4339 (earlier injury) × e^0.3760 (long run) × e^0.1002 (descent) = e^0.9101 = 2.484
    assert_says(hilly_story(), "× 1.54", "× 1.46", "× 1.11", "× 2.48")


def test_the_bars_lie_end_to_end_and_end_where_the_total_ends() -> None:
    html = render_html(hilly_story())
    bars = [(float(a), float(b)) for a, b in re.findall(r"left:([\d.]+)%;width:([\d.]+)%", html)]
    for (start, width), (following, _) in pairwise(bars):
        assert start + width == pytest.approx(following, abs=0.11)
    total = float(re.findall(r'<i style="left:0;width:([\d.]+)%">', html)[0])
    assert sum(bars[2]) == pytest.approx(total, abs=0.11)


def test_a_relative_figure_stands_beside_the_plain_rate() -> None:
    # 0.0006 per run is 0.6 in 1,000; times 2.484 is 1.49 in 1,000.
    assert_says(hilly_story(), "about 0.6 in 1,000 ordinary runs", "about 1.5 in 1,000")
    for shown in both(calm_story()):
        assert "in 1,000" not in shown


def test_the_calm_week_reads_calm() -> None:
    told = calm_story()
    assert_says(
        told,
        "Your training adds nothing to the level this week.",
        "3 runs, 31.5 km in all: 5 % more than your usual week (30.0 km).",
        "Other sports: 1 ride, 1 h 02 min, 24.0 km.",
    )
    for shown in both(told):
        assert "stands out" not in shown
        assert "clinician" not in shown


def test_next_weeks_longest_run_says_what_it_rests_on() -> None:
    assert_says(hilly_story(), "Longest sensible run", "14.1 km, your longest run before this week's jump")
    assert_says(calm_story(), "14.0 km, your longest run of the last 30 days", "No length is a safe line")


def test_changes_of_equal_length_are_told_once_with_both_causes() -> None:
    for shown in both(hilly_story()):
        assert shown.count("Keep the longest run to 14.1 km.") == 1
        assert "Do not lengthen" not in shown
        assert "jump in one run and pain of 1 or 2 of 10" in shown


def test_an_irritated_knee_is_told_why_and_gets_one_shorter_length() -> None:
    # Worse by two the next morning; 0.6 × 14.1 km is 8.46 km, said as 8.4 km.
    morning = CheckIn("ada", SUNDAY, 0, 0, 2, Side.RIGHT)
    told = story(
        hilly_story().sessions,
        builders.HILLY_FEATURES,
        features_before=builders.HILLY_FEATURES | {"longest_run_30d_m": 14_100.0},
        check_ins=(morning,),
    )
    assert_says(
        told,
        "irritated, because pain was worse the next morning than while running",
        "Shorter, because your knee is irritated.",
        "8.4 km at a time.",
    )
    for shown in both(told):
        assert "Keep the longest run" not in shown


@pytest.mark.parametrize("name", NAMES)
def test_every_story_says_what_it_is_not(name: str) -> None:
    assert_says(builders.STORIES[name](), "overload indicator", "It is not a diagnosis")


def test_a_week_without_runs_never_reads_as_low() -> None:
    told = builders.no_runs_story()
    assert_says(told, "No runs recorded this week.", "That is not an all-clear.")
    for shown in both(told):
        assert re.search(r"\blow\b", shown, re.IGNORECASE) is None
        assert "unknown" in shown.lower()


def test_the_first_weeks_say_what_is_missing_and_give_no_run_length() -> None:
    told = builders.first_weeks_story()
    assert_says(
        told,
        "There are fewer than 30 days of recordings to compare with.",
        "There is no earlier week to compare with yet.",
        "No run length can be given yet",
    )
    for shown in both(told):
        assert re.search(r"\blow\b", shown, re.IGNORECASE) is None
        assert "Longest sensible run" not in shown
        assert "Within what you are used to" not in shown


def test_a_first_week_says_how_far_the_record_is_and_when_the_level_begins() -> None:
    # Nine days up to Sunday 15 November: from the 7th; thirty days are full on 6 December.
    assert_says(
        builders.first_weeks_story(),
        "Your record began on Saturday 7 November 2026: that is 9 of 30 days.",
        "the level begins on Sunday 6 December 2026",
    )


def test_a_week_without_runs_names_the_last_one_and_compares_nothing_with_zeros() -> None:
    told = builders.no_runs_story()
    assert_says(told, "Your last run on record was on Friday 6 November 2026. If you rested, all is well.")
    for shown in both(told):
        assert "0.00" not in shown and "Monotony" not in shown


def test_somebody_without_any_recording_is_told_how_to_begin_and_not_what_is_missing_from_it() -> None:
    told = builders.nothing_yet_story()
    assert_says(told, "Nothing has been recorded yet", "kneewise sync FILE", "No run length can be given yet")
    for shown in both(told):
        assert "Heart rate was not measured" not in shown and "Longest sensible run" not in shown


def test_false_alarms_are_admitted() -> None:
    assert_says(hilly_story(), "2 were followed by a knee problem within two weeks; 6 were false alarms.")


def test_weeks_before_the_first_recording_are_no_zeros() -> None:
    text = render_text(builders.first_weeks_story())
    assert text.count("no record") == 10
    assert not re.search(r"\b0\.0 km", text)


def test_a_red_flag_leads_the_page_and_stops_the_exercises() -> None:
    told = builders.red_flag_story()
    assert_says(
        told, "Please have your knee seen today", "The leg does not take your weight.", "The knee locks."
    )
    for shown in both(told):
        assert shown.index("Please have your knee seen") < shown.lower().index("high")
        assert "Longest sensible run" not in shown
        for listed in library():
            assert listed.name.lower() not in shown.lower()


def test_a_plan_that_slipped_through_shows_no_exercise_beside_a_red_flag() -> None:
    told = replace(builders.red_flag_story(), plan=calm_story().plan)
    assert told.plan.exercises.chosen
    for shown in both(told):
        for planned in told.plan.exercises.chosen:
            assert planned.exercise.name not in shown


def test_exercises_come_with_dose_days_load_cue_feel_progress_and_stop_rule() -> None:
    told = calm_story()
    assert 3 <= len(told.plan.exercises.chosen) <= 5
    for planned in told.plan.exercises.chosen:
        e = planned.exercise
        assert_says(told, e.name, flat(e.how), flat(e.cue), flat(e.feel), flat(e.stop_rule))
    assert_says(
        told,
        "2 sets of 10, bent no further than 30°; Mon, Wed and Fri",
        "Load on the knee: at most 0.2 km of running a session.",
        "Step 1 of 4. Next, after two good sessions: 3 sets of 10, bent no further than 30°.",
        "The exercises load the knee like 2.5 km of level running at most.",
    )


def test_what_is_not_known_is_said() -> None:
    assert_says(
        hilly_story(),
        "Thursday's run: the file ends early; the numbers come from the part that could be read.",
        "2 files could not be used in full",
        "Descent was measured on 92 % of the last 28 days' distance; hills may be under-counted.",
        "The ground is known for 60 % of the last 28 days' distance.",
    )


def test_a_run_whose_descent_was_not_measured_is_counted_as_not_known() -> None:
    sessions = (jump(TUESDAY, 8.0, 14.0, descent_m=None), jump(SUNDAY, 10.0, 14.0))
    assert_says(
        story(sessions, builders.CALM_FEATURES),
        "Descent was not measured on 1 of this week's 2 runs outdoors.",
    )


def test_harmless_flags_cost_no_line() -> None:
    sessions = (jump(SUNDAY, 8.0, 14.0, flags=(Flag.NO_GPS, Flag.CRC_MISSING)),)
    for shown in both(story(sessions, builders.CALM_FEATURES)):
        assert "check sum" not in shown


def test_a_run_in_miles_is_told_in_miles_and_feet_alone() -> None:
    told = calm_story(athlete(units="mi"))
    # 13.3 km = 8.26 mi at 345 s/km = 555 s/mi; 14.0 km = 8.70 mi; 90 m = 295 ft.
    assert_says(told, "8.3 mi", "9:15 min/mi", "295 ft", "(8.7 mi)")
    for shown in both(told):
        ours = re.split("sources", shown, flags=re.IGNORECASE)[0]  # a paper's title keeps its units
        assert not re.search(r"\d km\b|min/km|\d m of", ours)


def test_a_week_under_way_says_how_far_it_has_come() -> None:
    told = replace(calm_story(), as_of=SUNDAY.replace(day=12))
    assert_says(told, "So far: 4 of 7 days, up to Thursday.")


def test_the_sources_are_numbered_from_one_and_every_number_used_is_listed() -> None:
    for name in NAMES:
        text = render_text(builders.STORIES[name]())
        said, listed = text.split("\nSOURCES\n")
        used = {int(n) for n in re.findall(r"\[(\d+)\]", said)}
        given = [int(n) for n in re.findall(r"^ ?\[(\d+)\]", listed, re.MULTILINE)]
        assert given == list(range(1, len(given) + 1))
        assert used == set(given)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_well_formed_small_and_stands_alone(name: str) -> None:
    html = render_html(builders.STORIES[name]())
    page = Reader(html)
    assert len(html.encode()) < 100_000
    assert not page.tags & {"script", "link", "img", "iframe", "object", "form"}
    assert len(page.ids) == len(set(page.ids))
    for link in page.links:
        assert link.startswith("https://doi.org/") or link.removeprefix("#") in page.ids
    assert not [a for _, a, _ in page.attributes if a in ("src", "srcset") or a.startswith("on")]
    assert "url(" not in html and "@import" not in html
    outside = set(re.findall(r"https?://[^\s\"'<>]+", html)) - set(page.links)
    assert outside <= {"http://www.w3.org/2000/svg"}  # a name, never fetched


@pytest.mark.parametrize("name", NAMES)
def test_the_plain_text_fits_a_mail_window(name: str) -> None:
    text = render_text(builders.STORIES[name]())
    long = [line for line in text.splitlines() if len(line) > 72 and "https://" not in line]
    assert long == []
    assert "<" not in text and "&#" not in text


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_blank_or_raw(name: str) -> None:
    for shown in both(builders.STORIES[name]()):
        assert not re.search(r"\bNone\b|\bnan\b|_|\{|\}| \.|,,|\(\)", shown)


def test_a_hostile_name_stays_a_name() -> None:
    evil = '<script>alert("1")</script>\n<img src=x onerror=y>'
    told = calm_story(athlete(evil))
    pairs = (builders.pair(610, evil),)
    told = replace(told, shoes=pairs, sessions=tuple(replace(s, shoe=evil) for s in told.sessions))
    html = render_html(told)
    page = Reader(html)
    assert not page.tags & {"script", "img"}
    assert '<script>alert("1")</script>' in page.text
    assert all(len(line) <= 72 for line in render_text(told).splitlines())


def test_control_characters_in_a_name_reach_no_terminal() -> None:
    text = render_text(calm_story(athlete("Ada\x1b[31m\u202eBerg\x00")))
    assert "Ada [31mBerg" in text.replace("Ada[", "Ada [")
    assert not re.search("[\x00\x1b\u202e]", text)


def test_the_picture_tells_its_facts_to_those_who_cannot_see_it() -> None:
    html = render_html(hilly_story())
    assert '<title id="weeks-title">Twelve weeks of running, to 15 November 2026</title>' in html
    desc = re.search(r'<desc id="weeks-desc">(.*?)</desc>', html)
    assert desc is not None
    assert flat(desc[1]) == (
        "This week 44.6 km in 4 runs. Longest run 21.3 km. It stands out at 1.5 × the longest run "
        "of the 30 days before. The usual range of the weeks before was 31.0 to 35.0 km a week."
    )


def test_a_level_is_never_told_by_colour_alone() -> None:
    for told, shape, word in ((calm_story(), "●", "Low"), (hilly_story(), "■", "High")):
        page = Reader(render_html(told)).text
        assert f"{shape} {word}" in page


WRITERS: dict[str, Callable[[WeekStory], str]] = {"html": render_html, "txt": render_text}


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_the_hilly_week_reads_as_reviewed(ending: str, request: pytest.FixtureRequest) -> None:
    golden.check(f"week_hilly.{ending}", WRITERS[ending](hilly_story()), request.config)
