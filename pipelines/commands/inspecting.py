"""``kneewise inspect``: everything that one FIT file says, message by message."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.options import HomeOption, JsonOption
from pipelines.console import say, show_json
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from pipelines.sources.fit_inspection import FieldTold, Inspection, MessageTold

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A FIT file, also gzipped.")]


def inspect(
    file: FileArgument,
    message: Annotated[
        list[str] | None,
        typer.Option("--message", "-m", help="Only messages of this name, like session; may be repeated."),
    ] = None,
    json: JsonOption = False,
    home: HomeOption = None,  # as every command; nothing of it is read
) -> None:
    """Every message of one FIT file in full, damaged or not; nothing is stored."""
    from pipelines.sources.errors import UnreadableWorkout
    from pipelines.sources.fit_inspection import DecoderStopped, inspected

    try:
        inspection = inspected(file.read_bytes())
    except OSError as error:
        raise KneewiseError(f"{file} cannot be read: {error.strerror}.") from error
    except UnreadableWorkout as error:
        raise KneewiseError(str(error)) from error
    if inspection is None:
        raise KneewiseError(f"{file} is not a FIT file, so there is nothing to inspect.")
    wanted = (told for told in inspection.messages if not message or told.name in message)
    listed: list[dict[str, object]] = []
    stopped = None
    if not json:
        _print_issues(inspection)
    try:
        for index, told in enumerate(wanted):
            if json:
                listed.append(_plain(told))
            else:
                say(f"{index:>6}  {_line(told)}")
    except DecoderStopped as stop:
        stopped = str(stop)
    if json:
        issues = [{"issue": issue.fault.value, "offset": issue.offset} for issue in inspection.issues]
        show_json({"issues": issues, "stopped": stopped, "messages": listed})
    elif stopped:
        say(f"! {stopped}")


def _plain(told: MessageTold) -> dict[str, object]:
    fields = [
        {
            "name": field.name,
            "number": field.number,
            "value": field.shown,
            "units": field.units,
            "developer": field.developer,
            "written": field.written,
        }
        for field in told.fields
    ]
    return {"name": told.name, "number": told.number, "fields": fields}


def _print_issues(inspection: Inspection) -> None:
    for issue in inspection.issues:
        say(f"! {issue.fault.replace('_', ' ')} at byte {issue.offset}")


def _line(message: MessageTold) -> str:
    return f"{message.name}  " + ", ".join(
        _told(field) for field in message.fields if field.value is not None
    )


def _told(field: FieldTold) -> str:
    name = f"[{field.name}]" if field.developer else field.name
    units = f" {field.units}" if field.units and not isinstance(field.shown, str) else ""
    return f"{name}={field.shown}{units}"
