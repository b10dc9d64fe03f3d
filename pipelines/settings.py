"""Where everything lives and what may be set: one home folder, one optional ``kneewise.toml``."""

from __future__ import annotations

import difflib
import os
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from pipelines.errors import KneewiseError

CONFIG_NAME = "kneewise.toml"
SECRETS = ("smtp_password", "logbook_url")  # never repeated in an error


class Settings(BaseModel):
    """Settings of one home folder. Each may stand in ``kneewise.toml`` or in the environment
    as ``KNEEWISE_<NAME>``; the environment wins."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    home: Path
    today: date | None = Field(
        default=None, description="Pretend that this is today's date (the demo's files are of 2026)."
    )
    workers: int = Field(
        default_factory=lambda: min(os.cpu_count() or 1, 8),
        ge=1,
        le=64,
        description="How many processes read workout files side by side.",
    )
    settle_s: float = Field(
        default=5.0,
        gt=0,
        le=3600,
        description="How many seconds a file in a watched folder must stay unchanged before it is read.",
    )
    no_data_days: int = Field(
        default=10, ge=1, le=365, description="After how many days without a recording an alert says so."
    )
    logbook_url: SecretStr | None = Field(
        default=None,
        description="A PostgreSQL database that holds the logbook, instead of a file in the data folder.",
    )
    logbook_url_file: Path | None = Field(
        default=None, description="A file that holds that URL, instead of logbook_url."
    )
    smtp_host: str | None = Field(default=None, description="The server that mails leave through.")
    smtp_port: int | None = Field(
        default=None, ge=1, le=65535, description="Its port; else 587, 465 or 25, as smtp_security goes."
    )
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the connection is encrypted."
    )
    smtp_user: str | None = Field(default=None, description="The user to log in as, if the server asks.")
    smtp_password: SecretStr | None = Field(default=None, description="That user's password.")
    smtp_password_file: Path | None = Field(
        default=None, description="A file that holds the password, instead of smtp_password."
    )
    smtp_from: str | None = Field(
        default=None, description="Whom mails come from, like Kneewise <knee@example.org>."
    )
    public_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s<>]+$",
        description="Where this installation's web pages can be reached; without it no message holds links.",
    )
    trusted_proxies: str | None = Field(
        default=None,
        pattern=r"^[0-9a-fA-F.:/, ]+$",
        description="Addresses of proxies in front of the web pages that are believed when they say who asks.",
    )

    @property
    def warehouse_path(self) -> Path:
        return self.home / "warehouse.duckdb"

    @property
    def published_path(self) -> Path:
        return self.home / "published.duckdb"

    @property
    def logbook_path(self) -> Path:
        return self.home / "logbook.sqlite"

    @property
    def originals_path(self) -> Path:
        return self.home / "originals"

    @property
    def inbox_path(self) -> Path:
        return self.home / "inbox"

    @property
    def reports_path(self) -> Path:
        return self.home / "reports"

    @property
    def models_path(self) -> Path:
        return self.home / "models"

    @property
    def regions_path(self) -> Path:
        return self.home / "regions"

    @property
    def prefect_path(self) -> Path:
        return self.home / "prefect"

    @property
    def outbox_lock_path(self) -> Path:
        return self.home / "outbox.lock"

    @property
    def up_lock_path(self) -> Path:
        return self.home / "up.lock"

    @property
    def standing_path(self) -> Path:
        return self.home / "up.json"

    @property
    def link_key_path(self) -> Path:
        return self.home / "link.key"

    def smtp_secret(self) -> str | None:
        """The mail server's password. Raises KneewiseError if its file cannot be read."""
        return _secret("smtp_password_file", self.smtp_password_file, self.smtp_password)

    def logbook_place(self) -> Path | str:
        """The logbook's file, or the URL of its database. Raises KneewiseError if the URL's file cannot be read."""
        return _secret("logbook_url_file", self.logbook_url_file, self.logbook_url) or self.logbook_path

    def now(self) -> datetime:
        """The time (UTC), on the pretended day if there is one."""
        now = datetime.now(UTC)
        return now if self.today is None else datetime.combine(self.today, now.timetz())

    def today_in(self, zone: str) -> date:
        """The athlete's own calendar day now, or the pretended one."""
        return self.today or datetime.now(ZoneInfo(zone)).date()


def _secret(name: str, file: Path | None, told: SecretStr | None) -> str | None:
    if file is None:
        return None if told is None else told.get_secret_value()
    try:
        return file.expanduser().read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise KneewiseError(f"{name}: {file} cannot be read ({type(error).__name__}).") from error


def default_home() -> Path:
    """``$KNEEWISE_HOME``, else the platform's folder for user data."""
    told = os.environ.get("KNEEWISE_HOME")
    return Path(told) if told else platformdirs.user_data_path("kneewise", appauthor=False)


def load(home: Path | None = None) -> Settings:
    """Settings for a home folder that may not exist yet.

    Raises KneewiseError with the file, the key and the nearest known key where one is wrong.
    """
    folder = (home or default_home()).expanduser().resolve()
    config = folder / CONFIG_NAME
    told: dict[str, object] = {}
    if config.is_file():
        try:
            told = tomllib.loads(config.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise KneewiseError(
                f"{config} is not valid TOML: {error}. Mend that line or remove the file."
            ) from error
    known = set(Settings.model_fields) - {"home"}
    for key in told:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known settings: {', '.join(sorted(known))}."
            raise KneewiseError(f"{config}: there is no setting {key!r}; {hint}")
    for key in known:
        from_environment = os.environ.get(f"KNEEWISE_{key.upper()}")
        if from_environment:
            told[key] = from_environment
    try:
        return Settings.model_validate({"home": folder, **told})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        given = "" if name in SECRETS else f" (given: {first['input']!r})"
        raise KneewiseError(f"setting {name!r} is wrong: {first['msg']}{given}.") from error
