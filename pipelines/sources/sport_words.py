"""The sports that GPX and TCX name in words or numbers, as the FIT profile's names."""

from __future__ import annotations

import re

# Word (lower case, letters only) -> (sport, sub_sport).
_WORDS: dict[str, tuple[str, str | None]] = {
    "run": ("running", None),
    "running": ("running", None),
    "jogging": ("running", None),
    "laufen": ("running", None),
    "trailrun": ("running", "trail"),
    "trailrunning": ("running", "trail"),
    "streetrunning": ("running", "street"),
    "trackrunning": ("running", "track"),
    "treadmill": ("running", "treadmill"),
    "treadmillrunning": ("running", "treadmill"),
    "indoorrunning": ("running", "indoor_running"),
    "virtualrun": ("running", "virtual_activity"),
    "walk": ("walking", None),
    "walking": ("walking", None),
    "hike": ("hiking", None),
    "hiking": ("hiking", None),
    "ride": ("cycling", None),
    "bike": ("cycling", None),
    "biking": ("cycling", None),
    "cycling": ("cycling", None),
    "roadcycling": ("cycling", "road"),
    "roadbiking": ("cycling", "road"),
    "mountainbiking": ("cycling", "mountain"),
    "gravelcycling": ("cycling", "gravel_cycling"),
    "indoorcycling": ("cycling", "indoor_cycling"),
    "virtualride": ("cycling", "virtual_activity"),
    "ebikeride": ("e_biking", None),
    "swim": ("swimming", None),
    "swimming": ("swimming", None),
    "lapswimming": ("swimming", "lap_swimming"),
    "openwaterswimming": ("swimming", "open_water"),
    "rowing": ("rowing", None),
    "inlineskating": ("inline_skating", None),
    "alpineskiing": ("alpine_skiing", None),
    "nordicski": ("cross_country_skiing", None),
    "crosscountryskiing": ("cross_country_skiing", None),
    "snowshoeing": ("snowshoeing", None),
    "strengthtraining": ("training", "strength_training"),
    "other": ("generic", None),
}

# Strava writes a number into a GPX track's <type>; these are the ones seen in its exports.
_STRAVA_NUMBERS = {"1": "ride", "4": "hike", "9": "run", "10": "walk", "16": "swim"}


def sport_of(words: str | None) -> tuple[str, str | None]:
    """(sport, sub_sport) of what a file calls its sport; ("unknown", None) for any other word."""
    if words is None:
        return "unknown", None
    key = _STRAVA_NUMBERS.get(words.strip(), words)
    return _WORDS.get(re.sub(r"[^a-z]", "", key.lower()), ("unknown", None))
