"""The logbook's tables for accounts: who may sign in, browser sessions, invitations, failed tries, and a count of changes.

Secrets are kept as hashes alone. ``uncounted`` tables change with every click and show nothing of anybody, so a
change in them makes no page anew.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from pipelines.logbook.tables import metadata

STAYS = {"ours": True, "stays": True}
UNCOUNTED = {**STAYS, "uncounted": True}
SECRET = {"secret": True}

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True, comment="never used twice: consents name it"),
    Column("name", String, nullable=False),
    Column("email", String, nullable=False, comment="as it was written"),
    Column("email_key", String, nullable=False, comment="as it is compared: in any case the same"),
    Column("password_hash", String, nullable=False, info=SECRET),
    Column("is_admin", Boolean, nullable=False),
    Column("is_coach", Boolean, nullable=False),
    Column("athlete", ForeignKey("athlete.id"), comment="the athlete that this person is; NULL = none"),
    Column("zone", String, nullable=False),
    Column("created_at", DateTime, nullable=False, comment="UTC"),
    Column("disabled_at", DateTime, comment="UTC"),
    UniqueConstraint("email_key"),
    UniqueConstraint("athlete"),
    info=STAYS,
    sqlite_autoincrement=True,
)

login_session = Table(
    "login_session",
    metadata,
    Column("token_sha256", String, primary_key=True, info=SECRET),
    Column("account", ForeignKey("account.id"), nullable=False),
    Column("created_at", DateTime, nullable=False, comment="UTC"),
    Column("seen_at", DateTime, nullable=False, comment="UTC, to the hour: no request waits for a write"),
    Column("expires_at", DateTime, nullable=False, comment="UTC, however much it is used"),
    info=UNCOUNTED,
)

invitation = Table(
    "invitation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_sha256", String, nullable=False, info=SECRET),
    Column("role", String, nullable=False),
    Column("email", String, comment="NULL = whoever has the link says it"),
    Column("athlete", ForeignKey("athlete.id"), comment="whom the account will be; NULL = a new one, if any"),
    Column("account", ForeignKey("account.id"), comment="whose password is chosen anew"),
    Column("created_at", DateTime, nullable=False, comment="UTC"),
    Column("expires_at", DateTime, nullable=False, comment="UTC"),
    Column("used_at", DateTime, comment="UTC"),
    CheckConstraint("role in ('setup', 'athlete', 'coach', 'password')", name="role_is_known"),
    UniqueConstraint("token_sha256"),
    info=STAYS,
    sqlite_autoincrement=True,
)

login_attempt = Table(
    "login_attempt",
    metadata,
    Column("key_sha256", String, primary_key=True, comment="an account's name or an address"),
    Column("failures", Integer, nullable=False, comment="since the last success or the last quiet day"),
    Column("last_at", DateTime, nullable=False, comment="UTC"),
    Column("closed_until", DateTime, nullable=False, comment="UTC"),
    info=UNCOUNTED,
)

change = Table(
    "change",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False, comment="1"),
    Column("number", Integer, nullable=False, comment="how often anything that pages show was changed"),
    info=UNCOUNTED,
)
