"""Who may see what: consents, offers to share, who looked, API tokens, privacy zones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _consent()
    _share_offer()
    _coach_look()
    _api_token()
    _privacy_zone()


def downgrade() -> None:
    raise NotImplementedError("the older shape has no room for what was told since: restore a backup")


def _of_athlete(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["athlete"], ["athlete.id"], name=op.f(f"fk_{table}_athlete"))


def _consent() -> None:
    op.create_table(
        "consent",
        sa.Column(
            "id", sa.Integer(), nullable=False, comment="rows are only added: the last one of a pair holds"
        ),
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("coach", sa.Integer(), nullable=False, comment="account"),
        sa.Column("coach_name", sa.String(), nullable=False, comment="as the coach was called then"),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("scopes", sa.String(), nullable=False, comment="comma-separated; '' = nothing any more"),
        sa.Column("until", sa.DateTime(), nullable=True, comment="UTC, exclusive; NULL = until revoked"),
        sa.Column("changed_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("changed_by", sa.Integer(), nullable=True, comment="account; NULL = the command line"),
        sa.CheckConstraint(
            "change in ('accepted', 'changed', 'revoked', 'left')", name=op.f("ck_consent_change_is_known")
        ),
        _of_athlete("consent"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_consent_coach", "consent", ["coach", "athlete"])


def _share_offer() -> None:
    op.create_table(
        "share_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("code_sha256", sa.String(), nullable=False),
        sa.Column("scopes", sa.String(), nullable=False, comment="comma-separated"),
        sa.Column("until", sa.DateTime(), nullable=True, comment="UTC; of the consent that it becomes"),
        sa.Column("made_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("expires_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("taken_at", sa.DateTime(), nullable=True, comment="UTC"),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True, comment="UTC"),
        _of_athlete("share_offer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_offer")),
        sa.UniqueConstraint("code_sha256", name=op.f("uq_share_offer_code_sha256")),
        sqlite_autoincrement=True,
    )


def _coach_look() -> None:
    op.create_table(
        "coach_look",
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("coach", sa.Integer(), nullable=False, autoincrement=False, comment="account"),
        sa.Column("hour", sa.DateTime(), nullable=False, comment="UTC, the hour it began in"),
        sa.Column("page", sa.String(), nullable=False, comment="the page's path without the athlete"),
        sa.Column("coach_name", sa.String(), nullable=False, comment="as the coach was called then"),
        _of_athlete("coach_look"),
        sa.PrimaryKeyConstraint("athlete", "coach", "hour", "page", name=op.f("pk_coach_look")),
    )


def _api_token() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("expires_at", sa.DateTime(), nullable=True, comment="UTC; NULL = never"),
        sa.Column(
            "last_used_on",
            sa.Date(),
            nullable=True,
            comment="UTC; no finer, so that it tells nobody's habits",
        ),
        sa.Column("revoked_at", sa.DateTime(), nullable=True, comment="UTC"),
        sa.CheckConstraint("kind in ('upload', 'read')", name=op.f("ck_api_token_kind_is_known")),
        _of_athlete("api_token"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("sha256", name=op.f("uq_api_token_sha256")),
        sqlite_autoincrement=True,
    )


def _privacy_zone() -> None:
    op.create_table(
        "privacy_zone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("athlete", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "latitude_deg", sa.Float(), nullable=False, comment="moved away from the home by a random offset"
        ),
        sa.Column(
            "longitude_deg", sa.Float(), nullable=False, comment="moved, too; the home itself is not kept"
        ),
        sa.Column("radius_m", sa.Float(), nullable=False, comment="around the home, as the athlete chose it"),
        sa.Column("secret", sa.String(), nullable=False, comment="lays the cells that are hidden as a whole"),
        sa.Column("made_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.CheckConstraint("radius_m between 200 and 1000", name=op.f("ck_privacy_zone_radius_is_sensible")),
        _of_athlete("privacy_zone"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_zone")),
        sqlite_autoincrement=True,
    )
