"""A coach's other pages on the real store: compare, digest, calibration; each shows what was shared."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient
from signing_in import add_account
from viewers import ClientAs
from web_people import JONAS, MARA, coach

from models.verdict import Level
from pipelines.logbook import digests
from pipelines.serving.reach import Reach
from reports.comparing import AthleteWeeks, WeekOf
from reports.dashboard.viewer import ALL_SCOPES, Scope
from reports.dashboard.views.comparison import BASE, TOP, comparison

TRAINING, PAIN = {Scope.TRAINING}, {Scope.PAIN}
BOTH = coach(mara=set(ALL_SCOPES), jonas=set(ALL_SCOPES))
SUNDAY = date(2026, 11, 22)


def words(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def week(back: int, knee_km: float | None, usual_km: float | None, km: float | None = 30.0) -> WeekOf:
    knee_m = None if knee_km is None else knee_km * 1000
    usual_m = None if usual_km is None else usual_km * 1000
    km_m = None if km is None else km * 1000
    return WeekOf(SUNDAY - timedelta(weeks=back), Level.LOW, knee_m, usual_m, km_m, 40_000.0)


def test_a_week_stands_as_high_as_it_is_beside_its_own_usual() -> None:
    shown = comparison([AthleteWeeks("ada", "Ada", (week(2, 15, 30), week(1, 30, 30), week(0, 90, 30)))])
    (picture,) = shown.pictures
    half, usual, thrice = picture.bars
    full = BASE - TOP
    assert (half.height, usual.height) == (full / 4, full / 2)
    assert usual.y == picture.usual_y
    assert (thrice.height, thrice.is_cut) == (full, True)
    assert [cells[0].beside for _, cells in shown.rows] == [
        "300 % of usual",
        "100 % of usual",
        "50 % of usual",
    ]


def test_distance_stands_in_for_an_unknown_load_against_the_usual_distance() -> None:
    shown = comparison([AthleteWeeks("ada", "Ada", (week(1, None, 30, km=20), week(0, None, None, km=None)))])
    (unknown,), (stand_in,) = (cells for _, cells in shown.rows)
    assert (stand_in.amount, stand_in.beside) == ("20.0 km run", "50 % of usual")
    assert (unknown.amount, unknown.beside) == ("not known", "")
    assert not shown.pictures[0].bars[1].is_known


def test_athletes_are_compared_in_the_order_asked_for_and_only_those_who_shared(client_as: ClientAs) -> None:
    seen = words(client_as(BOTH), "/coach/compare?athlete=jonas&athlete=mara")
    assert seen.index("Jonas") < seen.index("Mara")
    assert "of usual" in seen
    alone = words(client_as(coach(mara=TRAINING, jonas=PAIN)), "/coach/compare?athlete=jonas&athlete=mara")
    assert "Mara" in alone
    assert "Jonas" not in alone


def test_without_a_choice_there_is_one_to_make(client_as: ClientAs) -> None:
    assert "Whom to compare" in words(client_as(BOTH), "/coach/compare")
    assert "Nobody to compare yet" in words(client_as(coach()), "/coach/compare")


def test_the_digest_tells_who_needs_a_word_and_names_the_rest(client_as: ClientAs) -> None:
    seen = words(client_as(BOTH), "/coach/digest")
    assert "Monday 16 to Sunday 22 November 2026" in seen
    assert seen.index("Needs a word") < seen.index("Jonas") < seen.index("As usual") < seen.index("Mara")


@pytest.fixture
def mail_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNEEWISE_SMTP_HOST", "mail.example.org")


def test_the_mailed_digest_is_stopped_and_begun_again(
    mail_server: None, client_as: ClientAs, reach: Reach
) -> None:
    account = add_account(reach, "coach", is_coach=True)
    client = client_as(replace(BOTH, account=account))
    assert "It also comes by mail" in words(client, "/coach/digest")
    client.post("/coach/digest/mail", data={"wanted": "no"})
    assert digests.stopped(reach.logbook) == {account}
    assert "It does not come by mail" in words(client, "/coach/digest")
    client.post("/coach/digest/mail", data={"wanted": "yes"})
    assert digests.stopped(reach.logbook) == frozenset()


def test_without_a_mail_server_no_mail_is_offered(client_as: ClientAs) -> None:
    assert "by mail" not in words(client_as(BOTH), "/coach/digest")


def test_past_levels_are_pooled_over_those_who_shared_all_that_they_tell_of(client_as: ClientAs) -> None:
    everyone = words(client_as(BOTH), "/calibration")
    assert "Of 2 athletes who shared training, pain and body data with you." in everyone
    assert "of 2 athletes had a level" in everyone
    one = words(client_as(coach(mara=set(ALL_SCOPES), jonas=TRAINING | PAIN)), "/calibration")
    assert "of 1 athlete had a level" in one
    assert "Jonas" not in one
    nobody = words(client_as(coach(mara=TRAINING, jonas=PAIN)), "/calibration")
    assert "No past week has a level yet" in nobody


def test_an_athlete_sees_their_own_past_levels_and_nobody_else_s(client_as: ClientAs) -> None:
    assert "of 1 athlete had a level" in words(client_as(MARA), "/a/mara/calibration")
    assert client_as(JONAS).get("/a/mara/calibration").status_code == 404
    assert client_as(coach(mara=TRAINING)).get("/a/mara/calibration").status_code == 404


def test_past_levels_of_one_athlete_say_what_is_missing_where_injuries_are_not_shared(
    client_as: ClientAs,
) -> None:
    withheld = words(client_as(coach(mara=TRAINING | PAIN)), "/a/mara/calibration")
    assert "Past levels are shown where training, pain and body data are shared" in withheld
    assert "had a level" not in withheld
    assert "of 1 athlete had a level" in words(client_as(coach(mara=set(ALL_SCOPES))), "/a/mara/calibration")


@pytest.mark.parametrize("path", ["/coach/compare", "/coach/digest", "/calibration"])
def test_only_a_coach_has_these_pages(client_as: ClientAs, path: str) -> None:
    assert client_as(MARA).get(path).status_code == 404
