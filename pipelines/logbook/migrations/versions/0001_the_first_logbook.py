"""The first logbook: athletes, injuries, shoes, decisions, check-ins, notices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "athlete",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("mass_kg", sa.Float(), nullable=True),
        sa.Column("units", sa.String(), nullable=False),
        sa.Column("equipment", sa.String(), nullable=False, comment="comma-separated"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_athlete")),
    )
    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("pain_running", sa.Integer(), nullable=True),
        sa.Column("pain_after", sa.Integer(), nullable=True),
        sa.Column("pain_next_morning", sa.Integer(), nullable=True),
        sa.Column("side", sa.String(), nullable=True),
        sa.Column("onset", sa.String(), nullable=True),
        sa.Column("symptoms", sa.String(), nullable=False, comment="comma-separated"),
        sa.Column("can_bear_weight", sa.Boolean(), nullable=True),
        sa.Column("after_trauma", sa.Boolean(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.CheckConstraint("pain_after between 0 and 10", name=op.f("ck_check_in_pain_after_scale")),
        sa.CheckConstraint(
            "pain_next_morning between 0 and 10", name=op.f("ck_check_in_pain_next_morning_scale")
        ),
        sa.CheckConstraint("pain_running between 0 and 10", name=op.f("ck_check_in_pain_running_scale")),
        sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f("fk_check_in_athlete")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
        sa.UniqueConstraint("athlete", "day", name=op.f("uq_check_in_athlete")),
    )
    op.create_table(
        "file_decision",
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("content_sha256", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False, comment="accept or reject"),
        sa.Column(
            "starts_at", sa.DateTime(), nullable=True, comment="UTC; for a file whose clock was never set"
        ),
        sa.Column("day", sa.Date(), nullable=True, comment="the athlete's own day of starts_at"),
        sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f("fk_file_decision_athlete")),
        sa.PrimaryKeyConstraint("athlete", "content_sha256", name=op.f("pk_file_decision")),
    )
    op.create_table(
        "injury",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("body_part", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f("fk_injury_athlete")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_injury")),
    )
    op.create_table(
        "kept_apart",
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("recording", sa.String(), nullable=False, comment="never merged with another"),
        sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f("fk_kept_apart_athlete")),
        sa.PrimaryKeyConstraint("athlete", "recording", name=op.f("pk_kept_apart")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column(
            "told_with",
            sa.String(),
            nullable=True,
            comment="the higher stage that was told instead; NULL = told itself",
        ),
        sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f("fk_notice_athlete")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("athlete", "kind", "subject", "stage", name=op.f("uq_notice_athlete")),
    )
    op.create_table(
        "shoe",
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("initial_distance_m", sa.Float(), nullable=False),
        sa.Column("limit_m", sa.Float(), nullable=False),
        sa.Column("limit_days", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f("fk_shoe_athlete")),
        sa.PrimaryKeyConstraint("athlete", "id", name=op.f("pk_shoe")),
    )
    op.create_table(
        "shoe_assignment",
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("shoe", sa.String(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False, comment="else an account's export said so"),
        sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f("fk_shoe_assignment_athlete")),
        sa.PrimaryKeyConstraint("athlete", "activity", name=op.f("pk_shoe_assignment")),
    )
    op.create_table(
        "shoe_rule",
        sa.Column("id", sa.Integer(), nullable=False, comment="later rules win over earlier ones"),
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("shoe", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=True, comment="inclusive; NULL = from then on"),
        sa.Column("sub_sport", sa.String(), nullable=True, comment="NULL = any"),
        sa.Column("weekday", sa.Integer(), nullable=True, comment="1 = Monday … 7 = Sunday; NULL = any"),
        sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f("fk_shoe_rule_athlete")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shoe_rule")),
    )


def downgrade() -> None:
    op.drop_table("shoe_rule")
    op.drop_table("shoe_assignment")
    op.drop_table("shoe")
    op.drop_table("notice")
    op.drop_table("kept_apart")
    op.drop_table("injury")
    op.drop_table("file_decision")
    op.drop_table("check_in")
    op.drop_table("athlete")
