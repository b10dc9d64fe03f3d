"""The logbook's tables for who may see what: consents, offers to share, who looked, API tokens, privacy zones.

None of it is a word about training, so no verdict rests on it (``ours``). What belongs to the accounts of this
installation is told to the athlete in an export, but means nothing elsewhere (``stays``). Whoever is named by
a number is an account.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
)

from pipelines.logbook.tables import metadata

STAYS = {"ours": True, "stays": True}

consent = Table(
    "consent",
    metadata,
    Column("id", Integer, primary_key=True, comment="rows are only added: the last one of a pair holds"),
    Column("athlete", ForeignKey("athlete.id"), nullable=False),
    Column("coach", Integer, nullable=False, comment="account"),
    Column("coach_name", String, nullable=False, comment="as the coach was called then"),
    Column("change", String, nullable=False),
    Column("scopes", String, nullable=False, comment="comma-separated; '' = nothing any more"),
    Column("until", DateTime, comment="UTC, exclusive; NULL = until revoked"),
    Column("changed_at", DateTime, nullable=False, comment="UTC"),
    Column("changed_by", Integer, comment="account; NULL = the command line"),
    CheckConstraint("change in ('accepted', 'changed', 'revoked', 'left')", name="change_is_known"),
    info=STAYS,
    sqlite_autoincrement=True,
)
Index("ix_consent_coach", consent.c.coach, consent.c.athlete)

share_offer = Table(
    "share_offer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("athlete", ForeignKey("athlete.id"), nullable=False),
    Column("code_sha256", String, nullable=False, unique=True, info={"secret": True}),
    Column("scopes", String, nullable=False, comment="comma-separated"),
    Column("until", DateTime, comment="UTC; of the consent that it becomes"),
    Column("made_at", DateTime, nullable=False, comment="UTC"),
    Column("expires_at", DateTime, nullable=False, comment="UTC"),
    Column("taken_at", DateTime, comment="UTC"),
    Column("withdrawn_at", DateTime, comment="UTC"),
    info=STAYS,
    sqlite_autoincrement=True,
)

coach_look = Table(
    "coach_look",
    metadata,
    Column("athlete", ForeignKey("athlete.id"), primary_key=True),
    Column("coach", Integer, primary_key=True, autoincrement=False, comment="account"),
    Column("hour", DateTime, primary_key=True, comment="UTC, the hour it began in"),
    Column("page", String, primary_key=True, comment="the page's path without the athlete"),
    Column("coach_name", String, nullable=False, comment="as the coach was called then"),
    info={**STAYS, "uncounted": True},  # a look changes no page but the log itself
)

api_token = Table(
    "api_token",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("athlete", ForeignKey("athlete.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("sha256", String, nullable=False, unique=True, info={"secret": True}),
    Column("made_at", DateTime, nullable=False, comment="UTC"),
    Column("expires_at", DateTime, comment="UTC; NULL = never"),
    Column("last_used_on", Date, comment="UTC; no finer, so that it tells nobody's habits"),
    Column("revoked_at", DateTime, comment="UTC"),
    CheckConstraint("kind in ('upload', 'read')", name="kind_is_known"),
    info=STAYS,
    sqlite_autoincrement=True,
)

privacy_zone = Table(
    "privacy_zone",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("athlete", ForeignKey("athlete.id"), nullable=False),
    Column("name", String, nullable=False),
    Column("latitude_deg", Float, nullable=False, comment="moved away from the home by a random offset"),
    Column("longitude_deg", Float, nullable=False, comment="moved, too; the home itself is not kept"),
    Column("radius_m", Float, nullable=False, comment="around the home, as the athlete chose it"),
    Column("secret", String, nullable=False, comment="lays the cells that are hidden as a whole"),
    Column("made_at", DateTime, nullable=False, comment="UTC"),
    CheckConstraint("radius_m between 200 and 1000", name="radius_is_sensible"),
    info={"ours": True},
    sqlite_autoincrement=True,
)
