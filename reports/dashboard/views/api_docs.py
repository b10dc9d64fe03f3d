"""The API's description as a page, made of the description itself (OpenAPI), so that neither can lag behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FILES_SENT = {
    "type": "object",
    "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}},
    "required": ["file"],
}


Line = tuple[str, str]  # name, kind


@dataclass(frozen=True, slots=True)
class Operation:
    """``token`` is the kind that opens it; ``fields`` are those of the answer, of each thing where it is a list."""

    title: str
    words: str
    method: str
    path: str
    token: str
    parameters: tuple[Line, ...]
    fields: tuple[Line, ...]
    example: str


def with_tokens(described: Mapping[str, Any]) -> dict[str, Any]:
    """The description with what each operation asks for: a token of one kind, as ``Authorization: Bearer …``."""
    schemes = {
        kind: {
            "type": "http",
            "scheme": "bearer",
            "description": f"A token for {what}, from your sharing page.",
        }
        for kind, what in (("upload", "uploading"), ("read", "reading"))
    }
    components = {**described.get("components", {}), "securitySchemes": schemes}
    paths = {
        path: {method: {**told, "security": [{_token(path): []}]} for method, told in methods.items()}
        for path, methods in described["paths"].items()
    }
    return {**described, "paths": paths, "components": components}


def page(described: Mapping[str, Any], base: str) -> tuple[Operation, ...]:
    return tuple(_operations(described, base))


def _operations(described: Mapping[str, Any], base: str) -> Iterator[Operation]:
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            files = " -F file=@run.fit" if "requestBody" in told else ""
            yield Operation(
                title=told["summary"],
                words=told.get("description", "").replace("``", ""),
                method=method.upper(),
                path=path,
                token=_token(path),
                parameters=tuple(
                    (p["name"], _kind(p["schema"], p["in"])) for p in told.get("parameters", ())
                ),
                fields=tuple(_fields(described, told)),
                example=f'curl -H "Authorization: Bearer kneewise_{_token(path)}_…"{files} {base}{path}',
            )


def _token(path: str) -> str:
    return "upload" if path.startswith("/api/upload") else "read"


def _fields(described: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[Line]:
    good = next(answer for code, answer in told["responses"].items() if code.startswith("2"))
    schema = good["content"]["application/json"]["schema"]
    reference = schema.get("$ref") or schema.get("items", {}).get("$ref", "")
    found = described["components"]["schemas"].get(reference.rpartition("/")[2], {})
    for name, inner in found.get("properties", {}).items():
        yield name, _kind(inner)


def _kind(schema: Mapping[str, Any], place: str = "") -> str:
    if "anyOf" in schema:
        kinds = [_kind(one) for one in schema["anyOf"] if one.get("type") != "null"]
        return ", ".join(filter(None, (" or ".join(kinds), "may be left out" if place else "or null")))
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type") or schema.get("$ref", "").rpartition("/")[2])
