"""The pages about one's own data in words: zones with their sketches, and tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from reports import wording
from reports.dashboard.ports.own_data import ApiToken, Privacy, Sketch

KINDS = (("upload", "Upload files for me"), ("read", "Read my numbers"))
LASTING = (("90", "90 days"), ("365", "A year"), ("", "Until I revoke it"))


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sketch as SVG paths in a box of 100 by 100, north up."""

    seen: str
    hidden: str
    words: str


@dataclass(frozen=True, slots=True)
class ZoneRow:
    number: int
    name: str
    words: str
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class StartRow:
    recording: str
    words: str
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    athlete: str
    hidden: tuple[ZoneRow, ...]
    starts: tuple[StartRow, ...]
    radii: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TokenRow:
    number: int
    name: str
    kind: str
    words: str
    works: bool


def privacy_page(told: Privacy) -> PrivacyPage:
    return PrivacyPage(
        athlete=told.athlete,
        hidden=tuple(
            ZoneRow(
                z.number,
                z.name,
                f"{z.radius_m:g} m around it, since {_day(z.made_at, told.zone)}",
                drawing(z.sketch, f"{z.name}: runs near it; what is dashed nobody but you sees"),
            )
            for z in told.hidden
        ),
        starts=tuple(
            StartRow(
                s.recording,
                f"{s.runs} of your last {wording.count(s.of_runs, 'run')} began here",
                drawing(s.sketch, "Your runs near this place"),
            )
            for s in told.starts
        ),
        radii=tuple((f"{r:g}", f"{r:g} m") for r in told.radii_m),
    )


def drawing(sketch: Sketch, words: str) -> Drawing:
    paths = {
        is_hidden: "".join(
            "M" + "L".join(_at(sketch, east, north) for east, north in piece.points)
            for piece in sketch.pieces
            if piece.is_hidden is is_hidden
        )
        for is_hidden in (False, True)
    }
    return Drawing(paths[False], paths[True], words)


def token_rows(tokens: Sequence[ApiToken], zone: str) -> tuple[TokenRow, ...]:
    return tuple(TokenRow(t.number, t.name, dict(KINDS)[t.kind], _standing(t, zone), t.works) for t in tokens)


def _standing(token: ApiToken, zone: str) -> str:
    used = (
        "never used" if token.last_used_on is None else f"last used {wording.long_date(token.last_used_on)}"
    )
    if token.revoked_at is not None:
        return f"revoked {_day(token.revoked_at, zone)}, {used}"
    if token.expires_at is None:
        return f"works until you revoke it, {used}"
    return f"{'works until' if token.works else 'ended'} {_day(token.expires_at, zone)}, {used}"


def _at(sketch: Sketch, east_m: float, north_m: float) -> str:
    scale = 50 / sketch.half_m
    return f"{50 + east_m * scale:.1f} {50 - north_m * scale:.1f}"


def _day(instant: datetime, zone: str) -> str:
    return wording.long_date(instant.astimezone(ZoneInfo(zone)).date())
