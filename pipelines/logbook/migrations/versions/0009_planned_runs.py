"""Runs that are planned, so that a warning can come before them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "planned_run",
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("distance_m", sa.Float(), nullable=False),
        sa.Column("descent_m", sa.Float(), nullable=True, comment="NULL = not said"),
        sa.CheckConstraint("distance_m > 0", name=op.f("ck_planned_run_distance_is_run")),
        sa.CheckConstraint("descent_m >= 0", name=op.f("ck_planned_run_descent_goes_down")),
        sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f("fk_planned_run_athlete")),
        sa.PrimaryKeyConstraint("athlete", "day", name=op.f("pk_planned_run")),
    )


def downgrade() -> None:
    raise NotImplementedError("the older shape has no room for what was told since: restore a backup")
