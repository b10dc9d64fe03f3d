"""The weekly digests of coaches: how far each has come, and who wants none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coach_digest",
        sa.Column("account", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("week", sa.String(), nullable=False, comment="the one that was over: 2026-W46"),
        sa.Column("created_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("changed_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("message_id", sa.String(), nullable=True, comment="the same for every attempt"),
        sa.Column("reason", sa.String(), nullable=True, comment="why it was not sent"),
        sa.Column("possibly_repeated", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "state in ('waiting', 'sending', 'sent', 'failed', 'cancelled')",
            name=op.f("ck_coach_digest_state_is_known"),
        ),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_coach_digest_account")),
        sa.PrimaryKeyConstraint("account", "week", name=op.f("pk_coach_digest")),
    )
    op.create_table(
        "coach_digest_stop",
        sa.Column("account", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stopped_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_coach_digest_stop_account")),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_coach_digest_stop")),
    )


def downgrade() -> None:
    raise NotImplementedError("the older shape has no room for what was told since: restore a backup")
