"""The logbook's tables. Precious: nothing here can be derived from files again."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

athlete = Table(
    "athlete",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("zone", String, nullable=False),
    Column("birth_year", Integer),
    Column("sex", String),
    Column("mass_kg", Float),
    Column("units", String, nullable=False),
    Column("equipment", String, nullable=False, comment="comma-separated"),
    Column("resting_heart_rate_bpm", Float),
    Column("highest_heart_rate_bpm", Float),
    Column("conditions", String, nullable=False, server_default="", comment="comma-separated"),
    Column("runner_since", Integer, comment="the year"),
    Column("other_sports", String, comment="in the athlete's own words"),
    Column("week_start", String, nullable=False, server_default="monday"),
)

self_check = Table(
    "self_check",
    metadata,
    Column("athlete", ForeignKey("athlete.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("question", String, primary_key=True),
    Column("answer", Boolean, nullable=False, comment="no row = not known"),
)

injury = Table(
    "injury",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("athlete", ForeignKey("athlete.id"), nullable=False),
    Column("body_part", String, nullable=False),
    Column("side", String),
    Column("started_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("note", String),
)

shoe = Table(
    "shoe",
    metadata,
    Column("athlete", ForeignKey("athlete.id"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("bought_on", Date, nullable=False),
    Column("initial_distance_m", Float, nullable=False),
    Column("limit_m", Float, nullable=False),
    Column("limit_days", Integer, nullable=False),
    Column("retired_on", Date),
)

shoe_rule = Table(
    "shoe_rule",
    metadata,
    Column("id", Integer, primary_key=True, comment="later rules win over earlier ones"),
    Column("athlete", ForeignKey("athlete.id"), nullable=False),
    Column("shoe", String, nullable=False),
    Column("from_day", Date, nullable=False),
    Column("to_day", Date, comment="inclusive; NULL = from then on"),
    Column("sub_sport", String, comment="NULL = any"),
    Column("weekday", Integer, comment="1 = Monday … 7 = Sunday; NULL = any"),
    Column("sport", String, comment="NULL = running"),
    Column("surface", String, comment="hard, firm, natural, track or treadmill; NULL = any"),
    Column("min_distance_m", Float, comment="inclusive; NULL = any"),
    Column("max_distance_m", Float, comment="exclusive; NULL = any"),
)

shoe_assignment = Table(
    "shoe_assignment",
    metadata,
    Column("athlete", ForeignKey("athlete.id"), primary_key=True),
    Column("activity", String, primary_key=True, comment="any recording of it"),
    Column("by_hand", Boolean, primary_key=True, comment="else an account's export said so"),
    Column("shoe", String, primary_key=True, comment="'' = none of the athlete's pairs"),
    Column("share", Float, nullable=False, comment="of the distance; those of one activity sum to 1"),
    CheckConstraint("share > 0 and share <= 1", name="share_is_a_part"),
)

shoe_break = Table(
    "shoe_break",
    metadata,
    Column("athlete", ForeignKey("athlete.id"), primary_key=True),
    Column("shoe", String, primary_key=True),
    Column("from_day", Date, primary_key=True),
    Column("to_day", Date, nullable=False, comment="inclusive: the pair was retired between"),
)

kept_apart = Table(
    "kept_apart",
    metadata,
    Column("athlete", ForeignKey("athlete.id"), primary_key=True),
    Column("recording", String, primary_key=True, comment="never merged with another"),
)

file_decision = Table(
    "file_decision",
    metadata,
    Column("athlete", ForeignKey("athlete.id"), primary_key=True),
    Column("content_sha256", String, primary_key=True),
    Column("decision", String, nullable=False, comment="accept or reject"),
    Column("starts_at", DateTime, comment="UTC; for a file whose clock was never set"),
    Column("day", Date, comment="the athlete's own day of starts_at"),
)

check_in = Table(
    "check_in",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("athlete", ForeignKey("athlete.id"), nullable=False),
    Column("day", Date, nullable=False),
    Column("pain_running", Integer),
    Column("pain_after", Integer),
    Column("pain_next_morning", Integer),
    Column("side", String),
    Column("onset", String),
    Column("symptoms", String, nullable=False, comment="comma-separated"),
    Column("can_bear_weight", Boolean),
    Column("after_trauma", Boolean),
    Column("note", String),
    CheckConstraint("pain_running between 0 and 10", name="pain_running_scale"),
    CheckConstraint("pain_after between 0 and 10", name="pain_after_scale"),
    CheckConstraint("pain_next_morning between 0 and 10", name="pain_next_morning_scale"),
    UniqueConstraint("athlete", "day"),
)

ostrc = Table(
    "ostrc",
    metadata,
    Column("athlete", ForeignKey("athlete.id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("participation", Integer, nullable=False),
    Column("modification", Integer, nullable=False),
    Column("performance", Integer, nullable=False),
    Column("pain", Integer, nullable=False),
    CheckConstraint("participation in (0, 8, 17, 25)", name="participation_scale"),
    CheckConstraint("modification in (0, 8, 17, 25)", name="modification_scale"),
    CheckConstraint("performance in (0, 8, 17, 25)", name="performance_scale"),
    CheckConstraint("pain in (0, 8, 17, 25)", name="pain_scale"),
)

recording_effort = Table(
    "recording_effort",
    metadata,
    Column("athlete", ForeignKey("athlete.id"), primary_key=True),
    Column("recording", String, primary_key=True),
    Column("by_hand", Boolean, primary_key=True, comment="else an account's export said so"),
    Column("rpe", Float, comment="CR-10; NULL = not said"),
    Column("recovery", Float, comment="0 = not at all recovered … 10 = fully; NULL = not said"),
    CheckConstraint("rpe between 0 and 10", name="rpe_scale"),
    CheckConstraint("recovery between 0 and 10", name="recovery_scale"),
)

recording_surface = Table(
    "recording_surface",
    metadata,
    Column("athlete", ForeignKey("athlete.id"), primary_key=True),
    Column("recording", String, primary_key=True),
    Column("class", String, nullable=False),
)

notice = Table(
    "notice",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("athlete", ForeignKey("athlete.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("stage", String, nullable=False),
    Column("day", Date, nullable=False),
    Column("text", String, nullable=False),
    Column("told_at", DateTime, nullable=False, comment="UTC"),
    Column("told_with", String, comment="the higher stage that was told instead; NULL = told itself"),
    Column("lapsed_at", DateTime, comment="UTC; limits changed since, so the stage may be told again"),
    Column("choice", String, comment="off, at_once or weekly when it was told"),
    Column("message", Integer, comment="the message that carries it"),
    Column("acknowledged_at", DateTime, comment="UTC"),
    info={"ours": True},
)
Index(
    "uq_notice_standing",
    *(notice.c.athlete, notice.c.kind, notice.c.subject, notice.c.stage),
    unique=True,
    sqlite_where=notice.c.lapsed_at.is_(None),
    postgresql_where=notice.c.lapsed_at.is_(None),
)
