"""Exercises that were done, and the plans that were given."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exercise_done",
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("exercise", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False, comment="of the dose ladder, 1 = the first"),
        sa.Column("sets", sa.Integer(), nullable=True, comment="as done; NULL = as the step says"),
        sa.Column("pain", sa.Integer(), nullable=True, comment="0 to 10 while doing it; NULL = not said"),
        sa.Column("pain_next_morning", sa.Integer(), nullable=True, comment="0 to 10; NULL = not said"),
        sa.CheckConstraint("step >= 1", name=op.f("ck_exercise_done_step_counts_from_one")),
        sa.CheckConstraint("sets >= 1", name=op.f("ck_exercise_done_sets_were_done")),
        sa.CheckConstraint("pain between 0 and 10", name=op.f("ck_exercise_done_pain_scale")),
        sa.CheckConstraint(
            "pain_next_morning between 0 and 10", name=op.f("ck_exercise_done_pain_next_morning_scale")
        ),
        sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f("fk_exercise_done_athlete")),
        sa.PrimaryKeyConstraint("athlete", "day", "exercise", name=op.f("pk_exercise_done")),
    )
    op.create_table(
        "plan_given",
        sa.Column("id", sa.Integer(), nullable=False, comment="the last of a week is the one that counts"),
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False, comment="of the week that is planned"),
        sa.Column("given_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("plan", sa.String(), nullable=False, comment="JSON, as models.adherence.GivenPlan has it"),
        sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f("fk_plan_given_athlete")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_given")),
    )


def downgrade() -> None:
    raise NotImplementedError("the older shape has no room for what was told since: restore a backup")
