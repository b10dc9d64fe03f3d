"""The logbook's tables for telling: where to, what, when, and what became of each message.

They are no words of the athlete about their training, so no verdict rests on them (``ours``).
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from pipelines.logbook.tables import metadata

OURS = {"ours": True}

channel = Table(
    "channel",
    metadata,
    Column("id", Integer, primary_key=True, comment="never used twice: links and messages name it"),
    Column("athlete", ForeignKey("athlete.id"), nullable=False),
    Column("address", String, nullable=False, comment="a mail address, an Apprise URL, or where one is kept"),
    Column("added_at", DateTime, nullable=False, comment="UTC"),
    Column("stopped_at", DateTime, comment="UTC; by the unsubscribe link"),
    UniqueConstraint("athlete", "address"),
    info=OURS,
    sqlite_autoincrement=True,
)

choice = Table(
    "choice",
    metadata,
    Column("athlete", ForeignKey("athlete.id"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("choice", String, nullable=False),
    CheckConstraint("choice in ('off', 'at_once', 'weekly')", name="choice_is_known"),
    info=OURS,
)

quiet_hours = Table(
    "quiet_hours",
    metadata,
    Column("athlete", ForeignKey("athlete.id"), primary_key=True),
    Column("from_minute", Integer, nullable=False, comment="of the athlete's own day"),
    Column("to_minute", Integer, nullable=False, comment="exclusive; equal to from_minute = none"),
    CheckConstraint("from_minute between 0 and 1439", name="from_minute_of_a_day"),
    CheckConstraint("to_minute between 0 and 1439", name="to_minute_of_a_day"),
    info=OURS,
)

snooze = Table(
    "snooze",
    metadata,
    Column("athlete", ForeignKey("athlete.id"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("subject", String, primary_key=True, comment="'' = all of that kind"),
    Column("until", Date, nullable=False, comment="told again from that day on"),
    info=OURS,
)

message = Table(
    "message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, comment="what it is about: the same is never made twice"),
    Column("athlete", ForeignKey("athlete.id"), nullable=False),
    Column("kind", String, nullable=False, comment="alerts, weekly_report or test"),
    Column("subject", String, comment="NULL = made of its notices when it is sent"),
    Column("text", String),
    Column("html", String),
    Column("created_at", DateTime, nullable=False, comment="UTC"),
    Column("not_before", DateTime, nullable=False, comment="UTC"),
    UniqueConstraint("key"),
    info=OURS,
    sqlite_autoincrement=True,
)

attachment = Table(
    "attachment",
    metadata,
    Column("message", ForeignKey("message.id"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("media_type", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    info=OURS,
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message", ForeignKey("message.id"), nullable=False),
    Column("channel", Integer, nullable=False, comment="may be gone by now"),
    Column(
        "label", String, nullable=False, comment="the channel as it may be shown: no secret, no whole address"
    ),
    Column("state", String, nullable=False),
    Column("message_id", String, comment="of the mail; the same for every attempt"),
    Column("attempts", Integer, nullable=False),
    Column("next_try_at", DateTime, nullable=False, comment="UTC"),
    Column("changed_at", DateTime, nullable=False, comment="UTC"),
    Column("reason", String, comment="why it failed, or has not gone yet"),
    Column("possibly_repeated", Boolean, nullable=False, comment="an earlier attempt may have got through"),
    CheckConstraint("state in ('waiting', 'sending', 'sent', 'failed', 'cancelled')", name="state_is_known"),
    UniqueConstraint("message", "channel"),
    info=OURS,
)
