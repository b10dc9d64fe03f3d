"""The ten drawings: one for each exercise, well-formed, inside their frame, and told in words."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from models.exercises import library
from reports.drawings import DRAWINGS, HEAD, HEIGHT, WIDTH, svg


def test_each_exercise_has_a_drawing_and_no_drawing_is_left_over() -> None:
    assert {exercise.id for exercise in library()} == set(DRAWINGS)


@pytest.mark.parametrize("exercise", DRAWINGS)
def test_a_drawing_is_well_formed_and_says_in_words_what_it_shows(exercise: str) -> None:
    drawn = ET.fromstring(svg(exercise))
    assert drawn.attrib["role"] == "img"
    title = drawn.find("{http://www.w3.org/2000/svg}title")
    assert title is not None and title.text is not None and len(title.text) > 40


@pytest.mark.parametrize("exercise", DRAWINGS)
def test_nothing_leaves_the_frame_or_sinks_into_the_floor(exercise: str) -> None:
    d = DRAWINGS[exercise]
    limbs = [point for line in (*d.body, *d.moving, *d.start) for point in line]
    assert all(0 <= x <= WIDTH and 0 <= y <= d.floor for x, y in limbs)
    assert HEAD <= d.head[1] <= HEIGHT - HEAD
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for line in d.things for x, y in line)
