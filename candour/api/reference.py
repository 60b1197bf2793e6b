"""The OpenAPI of the API in words, for the page and for docs/reference/api.md (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
SIMPLE = {"string": "text", "integer": "whole number", "boolean": "true or false", "number": "number", "null": "null"}
FORMATS = {"date": "day", "date-time": "moment"}


@dataclass(frozen=True)
class Field:
    """A name that is sent or answered. below: those inside it."""

    name: str
    kind: str
    words: str
    needed: bool = False
    below: tuple["Field", ...] = ()


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked."""

    key: str
    method: str
    address: str
    summary: str
    scope: str
    asked: tuple[Field, ...]
    sent: tuple[Field, ...]
    answered: tuple[Field, ...]


@dataclass(frozen=True)
class Section:
    """What can be asked of one register."""

    key: str
    title: str
    operations: tuple[Operation, ...]


def sections(openapi: Schema) -> tuple[Section, ...]:
    """Everything that can be asked, by register, in the order of the addresses."""
    found: dict[str, list[Operation]] = {}
    for address, methods in openapi["paths"].items():
        for method, operation in methods.items():
            found.setdefault(operation["tags"][0], []).append(_operation(openapi, address, method, operation))
    return tuple(Section(title.lower().replace(" ", "-"), title, tuple(rows)) for title, rows in found.items())


def _operation(openapi: Schema, address: str, method: str, operation: Schema) -> Operation:
    sent = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    answers = [body for status, body in operation["responses"].items() if int(status) < 300]
    answer = answers[0]["content"]["application/json"]["schema"] if answers and "content" in answers[0] else None
    return Operation(
        key=operation["operationId"],
        method=method.upper(),
        address=address,
        summary=operation["summary"],
        scope=operation.get("description", "").removeprefix("Scope: "),
        asked=tuple(
            Field(one["name"], _kind(openapi, one["schema"]), one.get("description", ""), one.get("required", False))
            for one in operation.get("parameters", [])
            if one["in"] == "query"
        ),
        sent=tuple(_fields(openapi, sent)) if sent else (),
        answered=tuple(_fields(openapi, answer)) if answer else (),
    )


def _fields(openapi: Schema, schema: Schema) -> Iterator[Field]:
    known = _known(openapi, schema)
    for name, one in known.get("properties", {}).items():
        inner = _inner(openapi, one)
        below = tuple(_fields(openapi, inner)) if inner else ()
        needed = name in known.get("required", ())
        yield Field(name, _kind(openapi, one), one.get("description", ""), needed, below)


def _known(openapi: Schema, schema: Schema) -> Schema:
    if "$ref" in schema:
        found: Schema = openapi["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
        return found
    return schema


def _inner(openapi: Schema, schema: Schema) -> Schema | None:
    """What a field holds, where that has fields of its own."""
    for one in (schema, *schema.get("anyOf", ()), schema.get("items", {})):
        if "$ref" in one:
            return _known(openapi, one)
        if one is not schema and one.get("type") == "array":
            return _inner(openapi, one)
    return None


def _kind(openapi: Schema, schema: Schema) -> str:
    """What a value is, in words."""
    if words := [str(word) for word in schema.get("enum", ()) if word]:
        return f"one of {', '.join(words)}"
    if "anyOf" in schema:
        kinds = dict.fromkeys(_kind(openapi, one) for one in schema["anyOf"])
        if "number" in kinds and "text" in kinds:
            del kinds["text"]
        return ", or ".join(kinds)
    if schema.get("type") == "array":
        return f"list of {_kind(openapi, schema.get('items', {}))}"
    if "$ref" in schema or "properties" in schema or schema.get("type") == "object":
        return "object"
    if "pattern" in schema and "?!" in schema["pattern"]:
        return "decimal as text"
    return FORMATS.get(schema.get("format", ""), SIMPLE.get(schema.get("type", ""), "anything"))


def flat(fields: tuple[Field, ...], under: str = "") -> Iterator[Field]:
    """Fields with those inside them, each by its whole name."""
    for field in fields:
        name = f"{under}{field.name}"
        yield Field(name, field.kind, field.words, field.needed)
        if field.below:
            yield from flat(field.below, f"{name}[]." if "list" in field.kind else f"{name}.")
