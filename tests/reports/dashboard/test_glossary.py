"""The glossary tells of everything there is, and every link within it leads somewhere."""

from __future__ import annotations

import re

from viewers import ClientAs

from features import catalog, evidence
from reports.dashboard.views.glossary import glossary


def test_every_feature_and_every_constant_is_in_it_once() -> None:
    page = glossary()
    features = [one.name for group in page.subjects for one in group.features]
    there_are = (*catalog.per_day(), *catalog.per_shoe(), *catalog.per_activity())
    assert sorted(features) == sorted(thing.name for thing in there_are)
    constants = [one.name for group in page.grades for one in group.constants]
    assert sorted(constants) == sorted(entry.name for entry in evidence.entries())


def test_anyone_reads_it_and_every_link_in_it_leads_somewhere(client_as: ClientAs) -> None:
    answer = client_as(None).get("/glossary")
    assert answer.status_code == 200
    anchors = re.findall(r'\sid="([^"]+)"', answer.text)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]+)"', answer.text)) - {"main"} <= set(anchors)
    assert len(answer.content) < 300_000


def test_a_constant_is_told_with_interval_grade_and_paper(client_as: ClientAs) -> None:
    entry = evidence.entry("spike_large_hrr")
    page = client_as(None).get("/glossary").text
    told = page[page.index('id="e-spike_large_hrr"') :]
    told = told[: told.index("</dd>")]
    assert f"{entry.value:g} ({entry.low:g}–{entry.high:g})" in told
    assert f'href="https://doi.org/{entry.doi}"' in told
    grade = page[: page.index('id="e-spike_large_hrr"')].rsplit('<section class="group" id="grade-', 1)[1]
    assert grade.startswith(entry.grade)
