"""Channels and what to tell on them; the outbox: messages, and what became of each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _where_and_when()
    _outbox()
    for column in (
        sa.Column("choice", sa.String(), nullable=True, comment="off, at_once or weekly when it was told"),
        sa.Column("message", sa.Integer(), nullable=True, comment="the message that carries it"),
        sa.Column("acknowledged_at", sa.DateTime(), nullable=True, comment="UTC"),
    ):
        op.add_column("notice", column)


def downgrade() -> None:
    raise NotImplementedError("the older shape has no room for what was told since: restore a backup")


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def _where_and_when() -> None:
    op.create_table(
        "channel",
        sa.Column("id", sa.Integer(), nullable=False, comment="never used twice: links and messages name it"),
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column(
            "address",
            sa.String(),
            nullable=False,
            comment="a mail address, an Apprise URL, or where one is kept",
        ),
        sa.Column("added_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("stopped_at", sa.DateTime(), nullable=True, comment="UTC; by the unsubscribe link"),
        _of("channel", "athlete", "athlete"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel")),
        sa.UniqueConstraint("athlete", "address", name=op.f("uq_channel_athlete")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "choice",
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.CheckConstraint("choice in ('off', 'at_once', 'weekly')", name=op.f("ck_choice_choice_is_known")),
        _of("choice", "athlete", "athlete"),
        sa.PrimaryKeyConstraint("athlete", "kind", name=op.f("pk_choice")),
    )
    op.create_table(
        "quiet_hours",
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("from_minute", sa.Integer(), nullable=False, comment="of the athlete's own day"),
        sa.Column(
            "to_minute", sa.Integer(), nullable=False, comment="exclusive; equal to from_minute = none"
        ),
        sa.CheckConstraint(
            "from_minute between 0 and 1439", name=op.f("ck_quiet_hours_from_minute_of_a_day")
        ),
        sa.CheckConstraint("to_minute between 0 and 1439", name=op.f("ck_quiet_hours_to_minute_of_a_day")),
        _of("quiet_hours", "athlete", "athlete"),
        sa.PrimaryKeyConstraint("athlete", name=op.f("pk_quiet_hours")),
    )
    op.create_table(
        "snooze",
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False, comment="'' = all of that kind"),
        sa.Column("until", sa.Date(), nullable=False, comment="told again from that day on"),
        _of("snooze", "athlete", "athlete"),
        sa.PrimaryKeyConstraint("athlete", "kind", "subject", name=op.f("pk_snooze")),
    )


def _outbox() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "key", sa.String(), nullable=False, comment="what it is about: the same is never made twice"
        ),
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False, comment="alerts, weekly_report or test"),
        sa.Column(
            "subject", sa.String(), nullable=True, comment="NULL = made of its notices when it is sent"
        ),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("html", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("not_before", sa.DateTime(), nullable=False, comment="UTC"),
        _of("message", "athlete", "athlete"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("key", name=op.f("uq_message_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "attachment",
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _of("attachment", "message", "message"),
        sa.PrimaryKeyConstraint("message", "name", name=op.f("pk_attachment")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Integer(), nullable=False, comment="may be gone by now"),
        sa.Column(
            "label",
            sa.String(),
            nullable=False,
            comment="the channel as it may be shown: no secret, no whole address",
        ),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column(
            "message_id", sa.String(), nullable=True, comment="of the mail; the same for every attempt"
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("changed_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("reason", sa.String(), nullable=True, comment="why it failed, or has not gone yet"),
        sa.Column(
            "possibly_repeated",
            sa.Boolean(),
            nullable=False,
            comment="an earlier attempt may have got through",
        ),
        sa.CheckConstraint(
            "state in ('waiting', 'sending', 'sent', 'failed', 'cancelled')",
            name=op.f("ck_delivery_state_is_known"),
        ),
        _of("delivery", "message", "message"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("message", "channel", name=op.f("uq_delivery_message")),
    )
