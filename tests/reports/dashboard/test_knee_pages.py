"""What the knee felt, told on a phone: the form, the log, red flags first, and the weekly questions."""

from __future__ import annotations

from datetime import date

import pytest
from viewers import MARA, coach_of_mara

from features.ostrc import Ostrc
from features.training_log import CheckIn, Onset, Side, Symptom
from pipelines.logbook import deliveries, outbox, questionnaires, telling
from pipelines.logbook.telling import Choice
from pipelines.serving.reach import Reach
from reports import sentences
from reports.dashboard.viewer import Scope
from reports.dashboard.views.knee import GROUPS

TODAY = date(2026, 11, 16)


def told(reach: Reach, day: date = TODAY) -> CheckIn | None:
    return next(iter(reach.logbook.check_ins("mara", day, day)), None)


def test_what_the_form_sends_is_what_the_logbook_holds(client_as, reach) -> None:
    sent = {
        "day": "2026-11-16",
        "pain_running": "3",
        "pain_after": "",
        "pain_next_morning": "1",
        "side": "left",
        "onset": "gradual",
        "can_bear_weight": "yes",
        "after_trauma": "",
        "symptom": ["stiffness", "clicking"],
        "note": "Stairs <b>only</b>",
    }
    answer = client_as(MARA).post("/a/mara/checkin", data=sent, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/a/mara/pain?told=2026-11-16")
    assert told(reach) == CheckIn(
        athlete="mara",
        day=TODAY,
        pain_running=3,
        pain_next_morning=1,
        side=Side.LEFT,
        onset=Onset.GRADUAL,
        symptoms=frozenset({Symptom.STIFFNESS, Symptom.CLICKING}),
        can_bear_weight=True,
        note="Stairs <b>only</b>",
    )
    page = client_as(MARA).get("/a/mara/pain?told=2026-11-16").text
    assert "Stairs &lt;b&gt;only&lt;/b&gt;" in page
    assert "◆</span>Irritated" in page
    form = client_as(MARA).get("/a/mara/checkin?day=2026-11-16").text
    assert 'name="pain_running" value="3" checked' in form
    assert 'value="clicking" checked' in form
    assert "You told of this day before" in form


def test_a_refused_form_comes_back_with_its_words_and_stores_nothing(client_as, reach) -> None:
    before = told(reach)
    sent = {"day": "2026-11-16", "pain_running": "11", "note": "worst ever"}
    answer = client_as(MARA).post("/a/mara/checkin", data=sent)
    assert answer.status_code == 422
    assert "Pain_running is a whole number from 0 to 10" in answer.text
    assert "worst ever" in answer.text
    assert told(reach) == before


def test_a_red_flag_is_the_first_thing_on_the_page_and_queued_to_be_sent(client_as, reach) -> None:
    telling.add_channel(reach.logbook, "mara", "mara@example.org", reach.settings.now())
    telling.choose(reach.logbook, "mara", "red_flag", Choice.AT_ONCE)
    sent = {"day": "2026-11-16", "symptom": ["locking"], "pain_running": "4"}
    page = client_as(MARA).post("/a/mara/checkin", data=sent).text
    main = page[page.index("<main") :]
    assert main.index("Please have your knee seen today") < main.index('class="title">Saved<')
    assert "What may help first" not in page
    texts = [notice.text for notice, _ in reach.logbook.notices("mara") if notice.kind == "red_flag"]
    assert any("The knee locks." in text for text in texts)
    waiting = deliveries.still_open(reach.logbook, reach.settings.now())
    carried = [[n.kind for n in outbox.notices_of(reach.logbook, w.message.id)] for w in waiting]
    assert ["red_flag"] in carried


def test_a_check_in_can_be_taken_back(client_as, reach) -> None:
    reach.logbook.put_check_in(CheckIn("mara", TODAY, pain_running=1))
    client_as(MARA).post("/a/mara/pain/forget", data={"day": "2026-11-16"})
    assert told(reach) is None
    again = client_as(MARA).post("/a/mara/pain/forget", data={"day": "2026-11-16"})
    assert again.status_code == 422
    assert "There is no check-in of 2026-11-16." in again.text


def test_a_coach_with_the_pain_scope_reads_and_cannot_write(client_as, reach) -> None:
    reach.logbook.put_check_in(CheckIn("mara", TODAY, pain_running=1, note="fine"))
    page = client_as(coach_of_mara(Scope.PAIN)).get("/a/mara/pain")
    assert "“fine”" in page.text
    assert "/a/mara/pain/forget" not in page.text
    assert client_as(coach_of_mara(Scope.PAIN)).get("/a/mara/checkin").status_code == 404
    assert client_as(coach_of_mara(Scope.TRAINING)).get("/a/mara/pain").status_code == 404


def test_the_weekly_questions_are_stored_and_rated(client_as, reach) -> None:
    answers = {"participation": "8", "modification": "17", "performance": "8", "pain": "8"}
    page = client_as(MARA).post("/a/mara/ostrc", data=answers).text
    assert questionnaires.ostrc(reach.logbook, "mara")[-1] == Ostrc("mara", TODAY, 8, 17, 8, 8)
    assert '<td class="n" data-name="Severity">41</td>' in page
    assert "a substantial problem" in page
    missing = client_as(MARA).post("/a/mara/ostrc", data={"pain": "8"})
    assert missing.status_code == 422
    assert "Please answer all four questions." in missing.text
    assert 'name="pain" value="8" checked' in missing.text


def test_every_symptom_can_be_ticked_once() -> None:
    offered = [symptom for _, group in GROUPS for symptom in group]
    assert sorted(offered) == sorted(Symptom)
    assert set(sentences.SYMPTOMS) == set(offered)


@pytest.mark.parametrize("day", ["2026-11-17", "yesterday"])
def test_a_day_that_cannot_be_is_refused(client_as, day: str) -> None:
    answer = client_as(MARA).post("/a/mara/checkin", data={"day": day, "pain_running": "0"})
    assert answer.status_code == 422
