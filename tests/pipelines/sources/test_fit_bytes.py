"""The framing of FIT files: parts, definitions, offsets, and what is wrong with them."""

from __future__ import annotations

import random

import pytest
from fit_builder import ENUM, START, UINT32, add_records, plain_checksum, small_run, with_file_id

from pipelines.sources.fit_bytes import Fault, parts_of
from pipelines.sources.fit_checksum import fit_checksum


def faults(data: bytes) -> list[list[Fault]]:
    return [[issue.fault for issue in part.issues] for part in parts_of(data)]


@pytest.mark.parametrize(
    "length", [0, 1, 100, 239, 240, 241, 478, 480, 481, 959, 961, 2047, 2048, 5000, 20_011, 70_001]
)
def test_the_checksum_is_that_of_the_definition_at_any_length(length: int) -> None:
    data = random.Random(length).randbytes(length)
    assert fit_checksum(data) == plain_checksum(data)


def test_the_checksum_of_the_nine_digits_is_the_published_check_value() -> None:
    assert fit_checksum(b"123456789") == 0xBB3D  # CRC-16/ARC in the catalogue of parametrised CRCs


def test_the_sparse_polynomial_that_the_checksum_folds_by_is_a_multiple_of_its_divisor() -> None:
    dividend = 1 << 240 | 1 << 2 | 1 << 1 | 1
    divisor = 1 << 16 | 1 << 15 | 1 << 2 | 1
    while dividend.bit_length() >= divisor.bit_length():
        dividend ^= divisor << dividend.bit_length() - divisor.bit_length()
    assert dividend == 0


def test_a_sound_file_is_one_part_without_issues() -> None:
    (part,) = parts_of(small_run().build())
    assert part.issues == ()
    assert len(part.offsets) == 1 + 120 + 1
    messages = [part.definitions[owner].message for owner in part.owners]
    assert messages == [0] + [20] * 120 + [18]


def test_both_byte_orders_give_the_same_messages() -> None:
    little = next(parts_of(add_records(with_file_id(), 3).build()))
    big = next(parts_of(add_records(with_file_id(big_endian=True), 3).build()))
    assert [d.message for d in little.definitions] == [d.message for d in big.definitions]
    assert {d.big_endian for d in big.definitions} == {True}


def test_a_missing_data_size_is_an_issue_and_the_walk_goes_to_the_end() -> None:
    whole = small_run().build()
    (part,) = parts_of(small_run().build(data_size=0, crc=int.from_bytes(whole[-2:], "little")))
    assert [issue.fault for issue in part.issues] == [Fault.SIZE_MISSING]
    assert len(part.offsets) == 122


def test_a_cut_file_stops_at_the_last_whole_message() -> None:
    whole = small_run().build()
    (part,) = parts_of(whole[: len(whole) // 2])
    assert [issue.fault for issue in part.issues] == [Fault.SIZE_BEYOND_END, Fault.CUT_IN_MESSAGE]
    assert 0 < len(part.offsets) < 122


def test_a_message_that_nobody_defined_stops_the_walk() -> None:
    data = with_file_id().raw(b"\x05\x00\x00").add(20, [(253, UINT32, START)]).build()
    assert faults(data) == [[Fault.UNDEFINED_MESSAGE]]


def test_a_missing_and_a_wrong_checksum_are_told_apart() -> None:
    whole = small_run().build()
    assert faults(whole[:-2]) == [[Fault.CRC_MISSING]]
    assert faults(small_run().build(crc=1)) == [[Fault.CRC_MISMATCH]]


def test_bytes_after_the_end_are_trailing_unless_they_start_another_part() -> None:
    whole = small_run().build()
    assert faults(whole + bytes(512)) == [[Fault.TRAILING_BYTES]]
    assert faults(whole + whole) == [[], []]


def test_a_header_of_another_size_is_read_by_its_size_byte() -> None:
    body = with_file_id().add(21, [(0, ENUM, 0)]).build()[14:-2]
    for size in (12, 14, 20):
        header = (
            bytes((size, 0x20)) + b"\x54\x08" + len(body).to_bytes(4, "little") + b".FIT" + bytes(size - 12)
        )
        whole = header + body
        assert faults(whole + plain_checksum(whole).to_bytes(2, "little")) == [[]]


def test_what_is_not_fit_has_no_parts() -> None:
    assert list(parts_of(b"")) == []
    assert list(parts_of(b"<gpx>" * 10)) == []
