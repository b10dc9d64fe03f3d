"""A Strava export in several languages: which note belongs to which workout."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest
from zip_builder import plain

from pipelines.sources.archives import Member, walk_archive
from pipelines.sources.reading import read_workouts
from pipelines.sources.strava_export import (
    StravaNote,
    StravaShoe,
    note_for,
    read_activities,
    read_shoes,
)

SAMPLES = Path(__file__).resolve().parents[3] / "data_samples"

# The first columns and those that matter of the others, in the order and words of real exports.
ENGLISH = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,"
    "Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,"
    "Elapsed Time,Moving Time,Distance,Perceived Exertion,Type,Prefer Perceived Exertion,Commute,Bike,Gear,Media"
)
GERMAN = (
    "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Verstrichene Zeit,"
    "Distanz,Max. Herzfrequenz,Relative Leistung,Pendeln,Hinweis zur Privatsphäre für Aktivitäten,"
    "Aktivitätsausrüstung,Dateiname,Sportlergewicht,Verstrichene Zeit,Bewegungszeit,Distanz,"
    "Gefühlte Anstrengung,Art,Gefühlte Anstrengung verwenden,Pendeln,Fahrrad,Ausrüstung,Medien"
)
FRENCH = (
    "ID de l'activité,Date de l'activité,Nom de l'activité,Type d'activité,Description de l'activité,"
    "Temps écoulé,Distance,Fréquence cardiaque max.,Effort relatif,Déplacement-transport,"
    "Note privée sur les activités,Matériel utilisé pour l'activité,Nom du fichier,Poids de l'athlète,"
    "Temps écoulé,Durée de déplacement,Distance,Effort ressenti,Type,Utiliser l'Effort ressenti,"
    "Déplacement-transport,Vélo,Matériel,Support"
)
INVENTED = ",".join(f"palabra {n}" for n in range(24))


def line(name: str, gear: str, file: str, rpe: str = "", description: str = "") -> list[str]:
    """One activity; the numbers beside are those of a real row, with the gear's own number near the end."""
    return [
        "8228026758", "09.12.2022, 15:24:49", name, "Lauf", description, "3189", "9,44", "", "", "false", "",
        gear, file, "70.0", "3189.0", "3070.0", "9440.5", rpe, "", "0.0", "0.0", "", "12345678.0", "",
    ]  # fmt: skip


def table(header: str, *rows: list[str], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([header.split(","), *rows])
    return text.getvalue().encode()


SHOES = b"Shoe Name,Shoe Brand,Shoe Model,Shoe Default Sport Types\nblaue,ASICS,Novablast 4,Run\n,Saucony,Ride 17,\n"
BLUE = StravaShoe("blaue", "ASICS", "Novablast 4")


@pytest.mark.parametrize(
    ("header", "files"), [(GERMAN, ("mara", "2026-05-*")), (FRENCH, ("jonas", "2026-06-*"))]
)
def test_a_whole_export_is_walked_and_its_notes_found(
    tmp_path: Path, header: str, files: tuple[str, str]
) -> None:
    """Real-shaped workouts under Strava's numbers, beside the lists and pictures of an export."""
    runs = sorted((SAMPLES / files[0]).glob(files[1]))
    inside = {f"activities/{17_000_000_000 + n}{''.join(run.suffixes)}": run for n, run in enumerate(runs)}
    rows = [
        line(f"Lauf {n}", "ASICS Novablast 4 blaue", file, str(n % 10 + 1), "Regen,\n„kalt“\nund dunkel")
        for n, file in enumerate(inside)
    ]
    content = plain(
        {"activities.csv": table(header, *rows), "shoes.csv": SHOES, "media/1.jpg": b"\xff\xd8\xff\xe0"}
        | {file: run.read_bytes() for file, run in inside.items()}
    )
    (tmp_path / "export_4312866.zip").write_bytes(content)
    members = {
        m.name: m.payload for m in walk_archive(tmp_path / "export_4312866.zip") if isinstance(m, Member)
    }
    shoes = read_shoes(members["export_4312866.zip/shoes.csv"])
    notes = read_activities(members["export_4312866.zip/activities.csv"], shoes)
    assert len(notes) == len(inside) > 10
    workouts = [name for name in members if "/activities/" in name]
    for n, name in enumerate(workouts):
        assert note_for(notes, name) == StravaNote(
            f"Lauf {n}", shoes[0].label, n % 10 + 1, "Regen,\n„kalt“\nund dunkel"
        )
        assert read_workouts(members[name], name).recordings
    assert note_for(notes, "export_4312866.zip/media/1.jpg") is None


@pytest.mark.parametrize("header", [ENGLISH, GERMAN, FRENCH])
def test_titles_gear_and_exertion_are_known_in_each_language(header: str) -> None:
    data = table(header, line("Früh", "Saucony Ride 17", "activities/1.fit.gz", "7.0", "kalt"))
    assert read_activities(data) == {"activities/1.fit.gz": StravaNote("Früh", "Saucony Ride 17", 7, "kalt")}


def test_dutch_and_danish_words_are_known_as_far_as_they_were_seen() -> None:
    dutch = b"Activiteits-ID,Naam activiteit,Uitrusting voor activiteit,Bestandsnaam\n1,Duinen,Ride 17,activities/1.gpx\n"
    assert read_activities(dutch) == {"activities/1.gpx": StravaNote("Duinen", "Ride 17")}
    danish = b"Aktivitets-id,Aktivitetsnavn,Oplevet indsats,Filnavn\n1,Skov,4,activities/1.gpx\n"
    assert read_activities(danish) == {"activities/1.gpx": StravaNote("Skov", rpe=4)}


def test_the_export_of_2018_is_read_too() -> None:
    data = (
        b"id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n"
        b"1836776031,2018-09-12 15:02:23,Evening Run,Run,,783,3681.0,true,Ride 17,activities/1836776031.gpx\n"
    )
    assert read_activities(data) == {"activities/1836776031.gpx": StravaNote("Evening Run", "Ride 17")}


def test_moved_columns_make_no_difference() -> None:
    order = list(range(24))
    random.Random(3).shuffle(order)
    row = line("Früh", "Saucony Ride 17", "activities/1.fit", "3")
    names = GERMAN.split(",")
    data = table(",".join(names[at] for at in order), [row[at] for at in order])
    assert read_activities(data) == {"activities/1.fit": StravaNote("Früh", "Saucony Ride 17", 3)}


def test_a_language_never_seen_still_gives_files_titles_and_known_shoes() -> None:
    rows = [
        line("Temprano", "ASICS Novablast 4 blaue", "activities/1.fit.gz", "7"),
        line("Bici", "Canyon", "activities/2.fit.gz"),
    ]
    data = table(INVENTED, *rows)
    assert read_activities(data, [BLUE]) == {
        "activities/1.fit.gz": StravaNote("Temprano", "ASICS Novablast 4 blaue"),
        "activities/2.fit.gz": StravaNote("Bici", "Canyon"),
    }
    assert read_activities(data)["activities/1.fit.gz"] == StravaNote("Temprano")


@pytest.mark.parametrize(
    "data",
    [
        table(GERMAN, line("Früh", "Ride 17", "activities/1.fit", "5")).decode().encode("utf-8-sig"),
        table(GERMAN, line("Früh", "Ride 17", "activities/1.fit", "5")).decode().encode("utf-16"),
        table(GERMAN, line("Früh", "Ride 17", "activities/1.fit", "5")).decode().encode("cp1252"),
        table(GERMAN, line("Früh", "Ride 17", "activities/1.fit", "5,0"), delimiter=";"),
        table(GERMAN, line("Früh", "Ride 17", "activities\\1.fit", "5")),
        table(GERMAN, line(" Früh ", "Ride 17 ", " activities/1.fit", "5")).replace(b"\r\n", b"\n"),
    ],
)
def test_a_list_that_went_through_a_spreadsheet_is_the_same(data: bytes) -> None:
    assert read_activities(data) == {"activities/1.fit": StravaNote("Früh", "Ride 17", 5)}


def test_failed_cells_and_rows_without_a_file_say_nothing() -> None:
    rows = [
        line("#error#", "#error#", "activities/1.fit", "#error#", "#error#"),
        line("Typed in", "Ride 17", ""),
        line("Not a workout", "", "#error#"),
        ["7", "a short row"],
        [],
    ]
    assert read_activities(table(ENGLISH, *rows)) == {"activities/1.fit": StravaNote()}


@pytest.mark.parametrize("told", ["0", "0.0", "11", "-3", "nan", "hard", ""])
def test_what_is_not_on_the_scale_is_no_exertion(told: str) -> None:
    (note,) = read_activities(table(ENGLISH, line("x", "", "activities/1.fit", told))).values()
    assert note.rpe is None


def test_the_gear_column_of_numbers_is_not_the_gear() -> None:
    data = table(ENGLISH, line("x", "", "activities/1.fit"))
    assert read_activities(data)["activities/1.fit"].gear is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00" * 500,
        b"\xff\xd8\xff\xe0 a picture" * 50,
        b"a,b,c\n1,2,3\n",
        ENGLISH.encode(),
        b'"' * 999,
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_list_gives_no_notes(data: bytes) -> None:
    assert read_activities(data) == {}
    assert isinstance(read_shoes(data), tuple)


def test_a_list_that_breaks_off_keeps_its_beginning() -> None:
    data = table(ENGLISH, line("x", "", "activities/1.fit")) + b'2,3,"never closed ' + b"x" * 200_000
    assert read_activities(data) == {"activities/1.fit": StravaNote("x")}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("export_1.zip/activities/1.fit.gz", True),
        ("activities/1.fit.gz", True),
        ("C:\\Strava\\activities\\1.fit.gz", True),
        ("/home/ada/strava/activities/1.fit", True),  # unpacked by hand
        ("export_1.zip/activities/2.fit.gz", False),
        ("export_1.zip/1.fit.gz", False),
        ("old-activities/1.fit.gz", False),
    ],
)
def test_a_note_is_found_wherever_the_export_lies(path: str, found: bool) -> None:
    notes = {"activities/1.fit.gz": StravaNote("Früh")}
    assert (note_for(notes, path) is not None) is found


def test_shoes_are_called_as_the_activities_call_them() -> None:
    assert [shoe.label for shoe in read_shoes(SHOES)] == ["ASICS Novablast 4 blaue", "Saucony Ride 17"]
    assert read_shoes(SHOES)[0] == BLUE


def test_shoes_are_read_in_any_language_and_each_once() -> None:
    data = b"Schuhname;Marke;Modell\n;Hoka;Clifton\n;Hoka;Clifton\n;;\n#error#;Brooks;Ghost\n"
    assert read_shoes(data) == (StravaShoe(None, "Hoka", "Clifton"), StravaShoe(None, "Brooks", "Ghost"))
