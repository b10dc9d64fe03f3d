"""A run without a distance is no rest: what the report says of weeks that have one."""

from __future__ import annotations

from dataclasses import replace

from builders import calm_story

from reports.weekly import render_text


def test_a_week_with_a_run_of_unknown_length_makes_no_number_of_it() -> None:
    story = calm_story()
    week = replace(story.weeks[-1], runs=2, distance_m=8_000.0, unmeasured_runs=1)
    text = render_text(replace(story, weeks=(*story.weeks[:-1], week)))
    assert "2 runs, at least 8.0 km in all: 1 run without a distance" in text
    assert "than your usual week" not in text


def test_weeks_of_nothing_but_such_runs_are_not_drawn_as_rest() -> None:
    story = calm_story()
    weeks = tuple(replace(w, runs=3, distance_m=0.0, longest_m=None, unmeasured_runs=3) for w in story.weeks)
    text = render_text(replace(story, weeks=weeks))
    assert "3 runs of unknown distance" in text
    assert "without a run." not in text
    assert " 0.0 km" not in text
