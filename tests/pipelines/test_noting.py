"""What a user tells of knee, effort and themselves is there at the next look: real processes on a real home."""

from __future__ import annotations

from pathlib import Path

import pytest
from pipelines_cli import PROJECT, answer, kneewise

JONAS = PROJECT / "data_samples" / "jonas"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    assert kneewise("athlete", "add", "Jo", "--zone", "Europe/Berlin", home=folder).returncode == 0
    assert kneewise("sync", JONAS, home=folder).returncode == 0
    return folder


def refused(*words: str | Path, home: Path) -> str:
    done = kneewise(*words, home=home)
    assert done.returncode != 0
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr


def test_a_check_in_shows_at_the_next_look(home: Path) -> None:
    said = kneewise("checkin", "--running", "4", "--side", "left", "--onset", "gradual", home=home)
    assert said.returncode == 0, said.stderr
    assert said.stdout.splitlines()[0] == "Noted for 2026-11-16."
    assert answer("status", home=home)[0]["level"] in ("elevated", "high")
    told = answer("checkin", "--running", "7", home=home)  # the same day again
    assert told["pain_state"] == "painful"
    why = answer("why", home=home)
    assert (why["level"], why["overridden_by"]) == ("high", "painful")
    written = answer("report", "--week", "2026-W47", home=home)
    assert "7 of 10" in Path(written[0]["text"]).read_text(encoding="utf-8")
    calm = answer("checkin", "--running", "0", "--morning", "0", home=home)
    assert calm["pain_state"] == "calm"
    assert answer("why", home=home)["overridden_by"] is None


def test_a_red_flag_is_answered_at_once(home: Path) -> None:
    said = kneewise("checkin", "--day", "2026-10-01", "--symptom", "locking", home=home)
    assert "locks" not in said.stdout  # of another month
    said = kneewise("checkin", "--no-weight", "--trauma", "--symptom", "swelling", home=home)
    assert "does not take your weight" in said.stdout
    assert "seen today" in said.stdout
    assert kneewise("checkin", "--running", "0", home=home).returncode == 0


def test_a_check_in_is_added_to_listed_and_deleted(home: Path) -> None:
    day = ("--day", "2026-09-01")
    assert kneewise("checkin", *day, "--running", "2", "--symptom", "stiffness", home=home).returncode == 0
    told = answer("checkin", *day, "--morning", "1", "--symptom", "clicking", "--add", home=home)
    (stored,) = told["stored"]
    assert (stored["pain_running"], stored["pain_after"], stored["pain_next_morning"]) == (2, None, 1)
    assert stored["symptoms"] == ["clicking", "stiffness"]
    assert answer("checkin", "list", "--since", "2026-09-01", "--until", "2026-09-01", home=home) == [stored]
    shown = kneewise("checkin", "list", "--until", "2026-09-01", home=home).stdout
    assert "clicking, stiffness" in shown
    (stored,) = answer("checkin", *day, "--running", "3", home=home)["stored"]  # told anew, as a whole
    assert (stored["pain_running"], stored["pain_next_morning"], stored["symptoms"]) == (3, None, [])
    assert kneewise("checkin", "delete", "2026-09-01", home=home).returncode == 0
    assert answer("checkin", "list", "--until", "2026-09-01", home=home) == []
    assert "no check-in of 2026-09-01" in refused("checkin", "delete", "2026-09-01", home=home)
    assert "put --day after 'list'" in refused("checkin", *day, "list", home=home)
    assert "nothing is told but the day" in refused("checkin", home=home)
    assert "has not come yet" in refused("checkin", "--day", "2027-01-01", "--running", "1", home=home)


def test_a_list_is_imported_whole_or_not_at_all_and_twice_changes_nothing(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "knee.csv"
    path.write_text("day;pain_running\n2026-08-01;1\n2026-08-02;12\n", encoding="utf-16")
    said = kneewise("import", path, "--as", "checkins", home=home)
    assert said.returncode == 1
    assert "pain_running is a whole number from 0 to 10, got '12'" in said.stdout
    assert "1 new, 1 wrong. Nothing was stored." in said.stdout
    assert answer("checkin", "list", "--until", "2026-08-02", home=home) == []
    dry = answer("import", path, "--as", "checkins", "--dry-run", home=home)
    assert (dry["stored"], [line["outcome"] for line in dry["lines"]]) == (0, ["new", "wrong"])
    partly = kneewise("import", path, "--as", "checkins", "--skip-wrong", home=home)
    assert partly.returncode == 0
    assert "1 stored. Not stored: the 1 that are wrong." in partly.stdout
    path.write_text("day,pain_running\n2026-08-01,1\n2026-08-02,2\n", encoding="utf-8")
    for outcomes, stored in ((["same", "new"], 1), (["same", "same"], 0)):
        told = answer("import", path, "--as", "checkins", home=home)
        assert (told["stored"], [line["outcome"] for line in told["lines"]]) == (stored, outcomes)
    assert "no kind of list" in refused("import", path, "--as", "pains", home=home)


def test_an_effort_is_of_the_run_that_is_meant(home: Path) -> None:
    said = kneewise("rpe", "last", "7", "--recovery", "4", home=home)
    assert said.stdout == "Noted: effort 7 of 10, recovery 4 of 10 for 21.1 km on 2026-11-14.\n"
    run = answer("activities", "show", "last", home=home)
    assert (run["rpe"], run["recovery"]) == (7.0, 4.0)
    assert answer("rpe", run["id"][:10], "6.5", home=home)["activity"] == run["id"]
    run = answer("activities", "show", "last", home=home)
    assert (run["rpe"], run["recovery"]) == (6.5, 4.0)
    assert "no activity 'zzz'" in refused("rpe", "zzz", "5", home=home)
    assert kneewise("rpe", "last", "11", home=home).returncode != 0
    said = kneewise("rpe", "last", "--recovery", "8", home=home)  # a tap of its own
    assert said.stdout == "Noted: recovery 8 of 10 for 21.1 km on 2026-11-14.\n"
    run = answer("activities", "show", "last", home=home)
    assert (run["rpe"], run["recovery"]) == (6.5, 8.0)
    assert "give an effort" in refused("rpe", "last", home=home)


def test_efforts_are_imported_for_the_workout_that_each_line_means(home: Path, tmp_path: Path) -> None:
    run = answer("activities", "show", "last", home=home)
    path = tmp_path / "efforts.csv"
    path.write_text(f"recording;day;rpe;recovery\n;{run['day']};5,5;\n;2026-11-13;5;\n", encoding="utf-8")
    told = answer("import", path, "--as", "rpe", "--skip-wrong", home=home)
    assert [line["outcome"] for line in told["lines"]] == ["changed", "wrong"]
    assert told["lines"][1]["reason"] == "there is no workout 2026-11-13"
    path.write_text(f"recording;recovery\n{run['id']};9\n", encoding="utf-8")
    assert answer("import", path, "--as", "rpe", home=home)["stored"] == 1
    assert answer("import", path, "--as", "rpe", home=home)["stored"] == 0
    run = answer("activities", "show", "last", home=home)
    assert (run["rpe"], run["recovery"]) == (5.5, 9.0)


def test_the_questionnaire_is_asked_answered_and_scored(home: Path) -> None:
    asked = kneewise("ostrc", home=home).stdout
    assert "1. Taking part" in asked
    assert "Nothing told yet." in asked
    (week,) = answer("ostrc", "8", "17", "0", "8", "--day", "2026-11-15", home=home)
    assert (week["severity"], week["substantial"]) == (33, True)
    (week,) = answer("ostrc", "0", "0", "0", "0", "--day", "2026-11-15", home=home)
    assert (week["severity"], week["substantial"]) == (0, False)
    assert "one of 0, 8, 17, 25, got 5" in refused("ostrc", "0", "5", "0", "0", home=home)
    assert "4 answers, got 3" in refused("ostrc", "0", "8", "0", home=home)


def test_a_profile_is_changed_and_parts_of_it_forgotten(home: Path) -> None:
    told = answer(
        *("athlete", "edit", "jo", "--name", "Joana", "--mass-kg", "61.5", "--birth-year", "1991"),
        *("--resting-heart-rate", "48", "--highest-heart-rate", "189"),
        *("--equipment", "band", "--equipment", "bike", "--injury", "left Achilles 2026-09-01"),
        home=home,
    )
    assert (told["name"], told["mass_kg"], told["resting_heart_rate_bpm"]) == ("Joana", 61.5, 48.0)
    assert told["equipment"] == ["band", "bike"]
    (injury,) = told["injuries"]
    assert (injury["body_part"], injury["side"], injury["ended_on"]) == ("achilles", "left", None)
    told = answer(
        *(
            "athlete",
            "edit",
            "--end-injury",
            "achilles 2026-10-15",
            "--knee-injury",
            "2026-01-02..2026-03-04",
        ),
        *("--forget", "mass-kg", "--forget", "resting-heart-rate", "--forget", "equipment"),
        home=home,
    )
    assert (told["mass_kg"], told["resting_heart_rate_bpm"], told["equipment"]) == (None, None, [])
    assert told["highest_heart_rate_bpm"] == 189.0
    assert [(i["body_part"], i["ended_on"]) for i in told["injuries"]] == [
        ("knee", "2026-03-04"),
        ("achilles", "2026-10-15"),
    ]
    assert answer("athlete", "show", home=home) == told


def test_conditions_background_and_the_week_are_told_and_forgotten(home: Path) -> None:
    told = answer(
        *("athlete", "edit", "--condition", "gout", "--condition", "Rheumatoid Arthritis"),
        *("--runner-since", "2019", "--other-sports", "tennis, 2 h a week", "--week-start", "Sunday"),
        home=home,
    )
    assert told["conditions"] == ["gout", "rheumatoid_arthritis"]
    assert (told["runner_since"], told["other_sports"]) == (2019, "tennis, 2 h a week")
    assert told["week_start"] == "sunday"
    shown = kneewise("athlete", "show", home=home).stdout
    assert "gout, rheumatoid_arthritis\n" in shown
    told = answer("athlete", "edit", "--forget", "condition", "--forget", "runner-since", home=home)
    assert (told["conditions"], told["runner_since"], told["other_sports"]) == (
        [],
        None,
        "tennis, 2 h a week",
    )


def test_a_look_in_the_mirror_is_kept_with_its_day_and_says_how_little_it_says(home: Path) -> None:
    asked = kneewise("athlete", "check", home=home).stdout
    assert "both hip bones at the same height?" in asked
    assert asked.count("not known") == 7
    before = answer("why", home=home)
    (look,) = answer("athlete", "check", "hips_level=no", "feet-arched=yes", "--day", "2026-11-15", home=home)
    assert look["answers"] == {"hips_level": False, "feet_arched": True}
    assert answer("why", home=home)["reasons"] == before["reasons"]
    assert "no level rests on it" in kneewise("athlete", "check", home=home).stdout
    assert "there are hips_level" in refused("athlete", "check", "hip=yes", home=home)
    assert "yes or no, got 'maybe'" in refused("athlete", "check", "hips_level=maybe", home=home)
    assert "has not come yet" in refused(
        "athlete", "check", "hips_level=no", "--day", "2027-01-01", home=home
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--resting-heart-rate", "110", "--highest-heart-rate", "105"), "not below the highest"),
        (("--end-injury", "hip 2026-10-15"), "no open injuries"),
        (("--injury", "2026-10-15"), "is not an injury"),
        (("--zone", "Mars/Olympus", "--injury", "hip 2026-10-15"), "not a time zone"),
        (("--forget", "name"), "cannot be forgotten"),
        (("--condition", "arthritis"), "there are osteoarthritis"),
        (("--equipment", "bnad"), "there are band"),
        (("--week-start", "tuesday"), "monday or sunday"),
        ((), "nothing to change"),
    ],
)
def test_a_change_that_cannot_be_changes_nothing(home: Path, words: tuple[str, ...], said: str) -> None:
    before = answer("athlete", "show", home=home)
    assert said in refused("athlete", "edit", *words, home=home)
    assert answer("athlete", "show", home=home) == before
