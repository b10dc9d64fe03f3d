"""Notes as they are read: who wrote when, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports import wording
from reports.dashboard.ports.notes import Note


@dataclass(frozen=True, slots=True)
class NoteRow:
    id: int
    when: str
    by: str
    reader: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotesPage:
    name: str
    notes: tuple[NoteRow, ...]


def notes_page(name: str, notes: Sequence[Note]) -> NotesPage:
    return NotesPage(name, tuple(_row(note, name) for note in notes))


def _row(note: Note, name: str) -> NoteRow:
    return NoteRow(
        id=note.id,
        when=wording.long_date(note.written_at.date()),
        by=note.coach_name,
        reader=f"{name} can read it" if note.is_shared else "for you alone",
        paragraphs=tuple(filter(None, map(wording.plain, note.text.splitlines()))),
    )
