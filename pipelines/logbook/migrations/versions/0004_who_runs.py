"""Conditions, background and the week's first day in the profile; the self-check of posture."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("conditions", sa.String(), nullable=False, server_default="", comment="comma-separated"),
        sa.Column("runner_since", sa.Integer(), nullable=True, comment="the year"),
        sa.Column("other_sports", sa.String(), nullable=True, comment="in the athlete's own words"),
        sa.Column("week_start", sa.String(), nullable=False, server_default="monday"),
    ):
        op.add_column("athlete", column)
    op.create_table(
        "self_check",
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.Boolean(), nullable=False, comment="no row = not known"),
        sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f("fk_self_check_athlete")),
        sa.PrimaryKeyConstraint("athlete", "day", "question", name=op.f("pk_self_check")),
    )


def downgrade() -> None:
    raise NotImplementedError("the older shape has no room for what was told since: restore a backup")
