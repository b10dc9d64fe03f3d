"""Efforts, surfaces and the OSTRC-O2; shoes in shares, by finer rules and after a break; stages that lapse."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("athlete", sa.Column("resting_heart_rate_bpm", sa.Float(), nullable=True))
    op.add_column("athlete", sa.Column("highest_heart_rate_bpm", sa.Float(), nullable=True))
    op.add_column("shoe_rule", sa.Column("sport", sa.String(), nullable=True, comment="NULL = running"))
    op.add_column(
        "shoe_rule",
        sa.Column(
            "surface",
            sa.String(),
            nullable=True,
            comment="hard, firm, natural, track or treadmill; NULL = any",
        ),
    )
    op.add_column(
        "shoe_rule",
        sa.Column("min_distance_m", sa.Float(), nullable=True, comment="inclusive; NULL = any"),
    )
    op.add_column(
        "shoe_rule",
        sa.Column("max_distance_m", sa.Float(), nullable=True, comment="exclusive; NULL = any"),
    )
    _assignments_in_shares()
    op.create_table(
        "shoe_break",
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("shoe", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False, comment="inclusive: the pair was retired between"),
        sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f("fk_shoe_break_athlete")),
        sa.PrimaryKeyConstraint("athlete", "shoe", "from_day", name=op.f("pk_shoe_break")),
    )
    op.create_table(
        "ostrc",
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("participation", sa.Integer(), nullable=False),
        sa.Column("modification", sa.Integer(), nullable=False),
        sa.Column("performance", sa.Integer(), nullable=False),
        sa.Column("pain", sa.Integer(), nullable=False),
        *(
            sa.CheckConstraint(f"{answer} in (0, 8, 17, 25)", name=op.f(f"ck_ostrc_{answer}_scale"))
            for answer in ("participation", "modification", "performance", "pain")
        ),
        sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f("fk_ostrc_athlete")),
        sa.PrimaryKeyConstraint("athlete", "day", name=op.f("pk_ostrc")),
    )
    op.create_table(
        "recording_effort",
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("recording", sa.String(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False, comment="else an account's export said so"),
        sa.Column("rpe", sa.Float(), nullable=True, comment="CR-10; NULL = not said"),
        sa.Column(
            "recovery",
            sa.Float(),
            nullable=True,
            comment="0 = not at all recovered … 10 = fully; NULL = not said",
        ),
        sa.CheckConstraint("rpe between 0 and 10", name=op.f("ck_recording_effort_rpe_scale")),
        sa.CheckConstraint("recovery between 0 and 10", name=op.f("ck_recording_effort_recovery_scale")),
        sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f("fk_recording_effort_athlete")),
        sa.PrimaryKeyConstraint("athlete", "recording", "by_hand", name=op.f("pk_recording_effort")),
    )
    op.create_table(
        "recording_surface",
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("recording", sa.String(), nullable=False),
        sa.Column("class", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f("fk_recording_surface_athlete")),
        sa.PrimaryKeyConstraint("athlete", "recording", name=op.f("pk_recording_surface")),
    )
    _stages_that_lapse()


def downgrade() -> None:
    raise NotImplementedError("the older shape has no room for what was told since: restore a backup")


def _assignments_in_shares() -> None:
    """A new key needs a new table; its constraint's name is free only once the old one is gone."""
    op.execute("create table assigned_before as select * from shoe_assignment")
    op.drop_table("shoe_assignment")
    op.create_table(
        "shoe_assignment",
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False, comment="any recording of it"),
        sa.Column("by_hand", sa.Boolean(), nullable=False, comment="else an account's export said so"),
        sa.Column("shoe", sa.String(), nullable=False, comment="'' = none of the athlete's pairs"),
        sa.Column(
            "share", sa.Float(), nullable=False, comment="of the distance; those of one activity sum to 1"
        ),
        sa.CheckConstraint("share > 0 and share <= 1", name=op.f("ck_shoe_assignment_share_is_a_part")),
        sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f("fk_shoe_assignment_athlete")),
        sa.PrimaryKeyConstraint("athlete", "activity", "by_hand", "shoe", name=op.f("pk_shoe_assignment")),
    )
    op.execute(
        "insert into shoe_assignment (athlete, activity, by_hand, shoe, share) "
        "select athlete, activity, by_hand, shoe, 1 from assigned_before"
    )
    op.drop_table("assigned_before")


def _stages_that_lapse() -> None:
    with op.batch_alter_table("notice") as notice:
        notice.drop_constraint("uq_notice_athlete", type_="unique")
        notice.add_column(
            sa.Column(
                "lapsed_at",
                sa.DateTime(),
                nullable=True,
                comment="UTC; limits changed since, so the stage may be told again",
            )
        )
    op.create_index(
        "uq_notice_standing",
        "notice",
        ["athlete", "kind", "subject", "stage"],
        unique=True,
        sqlite_where=sa.text("lapsed_at is null"),
        postgresql_where=sa.text("lapsed_at is null"),
    )
