"""Who may sign in: accounts, browser sessions, invitations, failed tries; and a count of changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _account()
    _login_session()
    _invitation()
    _login_attempt()
    _change()


def downgrade() -> None:
    raise NotImplementedError("the older shape has no room for what was told since: restore a backup")


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False, comment="never used twice: consents name it"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False, comment="as it was written"),
        sa.Column(
            "email_key", sa.String(), nullable=False, comment="as it is compared: in any case the same"
        ),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("is_coach", sa.Boolean(), nullable=False),
        sa.Column(
            "athlete", sa.String(), nullable=True, comment="the athlete that this person is; NULL = none"
        ),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("disabled_at", sa.DateTime(), nullable=True, comment="UTC"),
        _of("account", "athlete", "athlete"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email_key", name=op.f("uq_account_email_key")),
        sa.UniqueConstraint("athlete", name=op.f("uq_account_athlete")),
        sqlite_autoincrement=True,
    )


def _login_session() -> None:
    op.create_table(
        "login_session",
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column(
            "seen_at", sa.DateTime(), nullable=False, comment="UTC, to the hour: no request waits for a write"
        ),
        sa.Column("expires_at", sa.DateTime(), nullable=False, comment="UTC, however much it is used"),
        _of("login_session", "account", "account"),
        sa.PrimaryKeyConstraint("token_sha256", name=op.f("pk_login_session")),
    )


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True, comment="NULL = whoever has the link says it"),
        sa.Column(
            "athlete",
            sa.String(),
            nullable=True,
            comment="whom the account will be; NULL = a new one, if any",
        ),
        sa.Column("account", sa.Integer(), nullable=True, comment="whose password is chosen anew"),
        sa.Column("created_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("expires_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("used_at", sa.DateTime(), nullable=True, comment="UTC"),
        sa.CheckConstraint(
            "role in ('setup', 'athlete', 'coach', 'password')", name=op.f("ck_invitation_role_is_known")
        ),
        _of("invitation", "athlete", "athlete"),
        _of("invitation", "account", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_invitation_token_sha256")),
        sqlite_autoincrement=True,
    )


def _login_attempt() -> None:
    op.create_table(
        "login_attempt",
        sa.Column("key_sha256", sa.String(), nullable=False, comment="an account's name or an address"),
        sa.Column(
            "failures", sa.Integer(), nullable=False, comment="since the last success or the last quiet day"
        ),
        sa.Column("last_at", sa.DateTime(), nullable=False, comment="UTC"),
        sa.Column("closed_until", sa.DateTime(), nullable=False, comment="UTC"),
        sa.PrimaryKeyConstraint("key_sha256", name=op.f("pk_login_attempt")),
    )


def _change() -> None:
    made = op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False, comment="1"),
        sa.Column(
            "number", sa.Integer(), nullable=False, comment="how often anything that pages show was changed"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.bulk_insert(made, [{"id": 1, "number": 0}])
