"""A coach's notes, and what ran by itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coach_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("coach", sa.Integer(), nullable=False, comment="account"),
        sa.Column("coach_name", sa.String(), nullable=False, comment="as the coach was called then"),
        sa.Column("written_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False, comment="the athlete may read it"),
        sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f("fk_coach_note_athlete")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach_note")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_coach_note_athlete", "coach_note", ["athlete"])
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("ended_at", sa.DateTime(), nullable=True, comment="UTC; NULL = it runs, or was killed"),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("counts", sa.String(), nullable=False, comment="JSON: what it did, in numbers"),
        sa.Column("reason", sa.String(), nullable=True, comment="why it failed; never with anybody's data"),
        sa.CheckConstraint(
            "outcome in ('running', 'done', 'failed', 'stopped')", name=op.f("ck_job_outcome_is_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index("ix_job_name", "job", ["name", "id"])


def downgrade() -> None:
    raise NotImplementedError("the older shape has no room for what was told since: restore a backup")
