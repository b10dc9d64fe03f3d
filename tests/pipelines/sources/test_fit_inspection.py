"""Looking into a FIT file: everything in it, by fitparse, from repaired bytes."""

from __future__ import annotations

import struct
from pathlib import Path

import fitparse
import pytest
from fit_builder import (
    ENUM,
    START,
    STRING,
    UINT8,
    UINT16,
    UINT32,
    add_records,
    add_session,
    small_run,
    with_file_id,
)
from pipelines_cli import answer, kneewise

from pipelines.sources.fit_bytes import parts_of
from pipelines.sources.fit_inspection import MessageTold, inspected
from pipelines.sources.fit_repair import repaired


def messages(data: bytes) -> list[MessageTold]:
    found = inspected(data)
    assert found is not None
    return list(found.messages)


def values(message: MessageTold) -> dict[str, object]:
    return {field.name: field.shown for field in message.fields}


def test_every_message_and_field_of_a_sound_file_is_told() -> None:
    told = messages(small_run().build())
    assert [message.name for message in told] == ["file_id", *["record"] * 120, "session"]
    assert values(told[0])["type"] == "activity"
    assert values(told[1])["timestamp"] == "2021-09-08T01:46:40Z"
    assert values(told[-1])["total_distance"] == 357.0
    computed = [field.name for field in told[1].fields if not field.written]
    assert computed == ["enhanced_altitude", "enhanced_speed"]


def test_a_sound_file_is_repaired_to_a_file_that_fitparse_accepts_checksum_and_all() -> None:
    part = next(parts_of(small_run().build()))
    assert len(list(fitparse.FitFile(repaired(part)).get_messages())) == 122


def test_a_field_that_does_not_fit_its_type_is_told_as_bytes() -> None:
    builder = with_file_id().add(21, [(0, ENUM, 0), (3, UINT32, b"\x01")])
    event = messages(builder.build())[1]
    assert [field.shown for field in event.fields if field.number == 3] == [[1]]


def test_developer_fields_are_told_once_they_are_described() -> None:
    builder = with_file_id()
    builder.add(20, [(253, UINT32, START)], developer=[(1, 0, b"\x05")])
    builder.add(207, [(3, UINT8, 0)])
    builder.add(206, [(0, UINT8, 0), (1, UINT8, 1), (2, UINT8, UINT8), (3, STRING, "jumps")])
    builder.add(20, [(253, UINT32, START + 1)], developer=[(1, 0, b"\x06"), (2, 0, b"\x07")])
    records = [message for message in messages(builder.build()) if message.name == "record"]
    assert ["jumps" in values(record) for record in records] == [False, True]
    assert values(records[1])["jumps"] == 6
    assert [field.developer for field in records[1].fields] == [False, True]


def test_a_description_that_makes_no_sense_is_left_out() -> None:
    builder = with_file_id().add(206, [(0, UINT8, 3), (1, UINT8, 1), (2, UINT8, 0x55)])
    builder.add(20, [(253, UINT32, START)], developer=[(1, 3, b"\x05")])
    assert [message.name for message in messages(builder.build())] == ["file_id", "record"]


def test_time_in_header_bytes_is_computed() -> None:
    builder = with_file_id().add(21, [(253, UINT32, START), (0, ENUM, 0)])
    builder.raw(struct.pack("<BBBHB", 0x41, 0, 0, 20, 1) + bytes((3, 1, UINT8)))
    builder.raw(bytes((0x80 | 1 << 5 | (START + 3) & 31, 150)))
    assert values(messages(builder.build())[-1])["timestamp"] == "2021-09-08T01:46:43Z"


def test_what_is_cut_is_told_up_to_the_cut_and_all_parts_of_a_chain_are_told() -> None:
    whole = small_run().build()
    assert 0 < len(messages(whole[: len(whole) // 2])) < 122
    assert len(messages(whole + whole)) == 244


def test_what_is_no_fit_file_has_nothing_to_inspect() -> None:
    assert inspected(b"<gpx></gpx>") is None


@pytest.fixture
def run(tmp_path: Path) -> Path:
    path = tmp_path / "run.fit"
    path.write_bytes(add_session(add_records(with_file_id(), 3).add(49, [(0, UINT16, 310)])).build(crc=1))
    return path


def test_the_command_prints_a_line_per_message(run: Path, tmp_path: Path) -> None:
    done = kneewise("inspect", run, home=tmp_path)
    lines = done.stdout.splitlines()
    assert "crc mismatch" in lines[0]
    assert [line.split()[1] for line in lines[1:]] == ["file_id", *["record"] * 3, "file_creator", "session"]
    assert "software_version=310" in lines[5]
    assert not list(tmp_path.glob("*.duckdb"))


def test_the_command_prints_json_of_the_messages_asked_for(run: Path, tmp_path: Path) -> None:
    told = answer("inspect", run, "--message", "session", home=tmp_path)
    assert told["issues"][0]["issue"] == "crc_mismatch"
    (session,) = told["messages"]
    (distance,) = [field for field in session["fields"] if field["name"] == "total_distance"]
    assert (distance["value"], distance["units"], distance["written"]) == (357.0, "m", True)


def test_the_command_says_what_is_no_fit_file(tmp_path: Path) -> None:
    path = tmp_path / "page.fit"
    path.write_text("<html></html>")
    done = kneewise("inspect", path, home=tmp_path)
    assert done.returncode == 1
    assert "is not a FIT file" in done.stderr
