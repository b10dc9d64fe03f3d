"""Logs as one JSON object a line on stderr: what happened, never to whom. An error is told by its kind and
place alone, because its words may hold what somebody recorded."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        told = getattr(record, "told", None)
        if told is not None:
            line |= {"event": record.getMessage(), **told}
        elif record.exc_info and record.exc_info[1] is not None:
            line |= {"event": "error", **_error(record.exc_info[1])}
        else:
            line |= {"event": "server", "text": record.getMessage()}
        return json.dumps(line)


def settings(level: str = "INFO") -> dict[str, Any]:
    """For ``logging.config.dictConfig``: the web's loggers alone, all others are left as they are."""
    quiet = {"handlers": ["lines"], "level": "WARNING", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": JsonLines}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "loggers": {
            "kneewise.web": {"handlers": ["lines"], "level": level, "propagate": False},
            "uvicorn": quiet,
            "uvicorn.error": quiet,
        },
    }


def _error(error: BaseException) -> dict[str, Any]:
    """Kind and place, the innermost first. The words are left out."""
    while error.__cause__ is not None:
        error = error.__cause__
    frames = [f"{_shown(f.filename)}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    return {"error": type(error).__name__, "where": frames[::-1][:6]}


def _shown(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
