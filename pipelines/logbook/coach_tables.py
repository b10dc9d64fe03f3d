"""The logbook's tables for whoever looks after others: a coach's notes and digests, and what ran by itself.

No verdict rests on them (``ours``). Notes and digests belong to accounts of this installation (``stays``). None is
on a page that is kept (``uncounted``).
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
)

from pipelines.logbook.tables import metadata

coach_note = Table(
    "coach_note",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("athlete", ForeignKey("athlete.id"), nullable=False),
    Column("coach", Integer, nullable=False, comment="account"),
    Column("coach_name", String, nullable=False, comment="as the coach was called then"),
    Column("written_at", DateTime, nullable=False, comment="UTC"),
    Column("text", String, nullable=False),
    Column("is_shared", Boolean, nullable=False, comment="the athlete may read it", info={"theirs": True}),
    info={"ours": True, "stays": True, "uncounted": True},
    sqlite_autoincrement=True,
)
Index("ix_coach_note_athlete", coach_note.c.athlete)

job = Table(
    "job",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("started_at", DateTime, nullable=False, comment="UTC"),
    Column("ended_at", DateTime, comment="UTC; NULL = it runs, or was killed"),
    Column("outcome", String, nullable=False),
    Column("counts", String, nullable=False, comment="JSON: what it did, in numbers"),
    Column("reason", String, comment="why it failed; never with anybody's data"),
    CheckConstraint("outcome in ('running', 'done', 'failed', 'stopped')", name="outcome_is_known"),
    info={"ours": True, "stays": True, "uncounted": True},
)
Index("ix_job_name", job.c.name, job.c.id)

coach_digest = Table(
    "coach_digest",
    metadata,
    Column("account", ForeignKey("account.id"), primary_key=True, autoincrement=False),
    Column("week", String, primary_key=True, comment="the one that was over: 2026-W46"),
    Column("created_at", DateTime, nullable=False, comment="UTC"),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_try_at", DateTime, nullable=False, comment="UTC"),
    Column("changed_at", DateTime, nullable=False, comment="UTC"),
    Column("message_id", String, comment="the same for every attempt"),
    Column("reason", String, comment="why it was not sent"),
    Column("possibly_repeated", Boolean, nullable=False),
    CheckConstraint("state in ('waiting', 'sending', 'sent', 'failed', 'cancelled')", name="state_is_known"),
    info={"ours": True, "stays": True, "uncounted": True},
)

coach_digest_stop = Table(
    "coach_digest_stop",
    metadata,
    Column("account", ForeignKey("account.id"), primary_key=True, autoincrement=False),
    Column("stopped_at", DateTime, nullable=False, comment="UTC"),
    info={"ours": True, "stays": True, "uncounted": True},
)
