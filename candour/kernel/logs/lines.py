"""How a line of the log is written: one JSON object in production, words for people in the demonstration. Never a secret."""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.stdlib import ProcessorFormatter

# What a line may carry besides its words: nothing else that is hung on a record is written, such as a whole request.
FACTS = {
    *("route", "method", "status", "ms", "queries", "actor", "posts", "sql"),
    *("work", "tries", "came", "letter", "reason", "by"),
}
# Of them and of every line what is ours whatever happened: names, numbers and moments, which are not looked through.
OURS = {"route", "method", "actor", "work", "by", "level", "logger", "timestamp", "request_id"}
# Words that open something, wherever they stand. Lines are made without them; this is for what libraries and errors say.
SECRETS = (
    (re.compile(r"candour_[A-Za-z0-9_-]{16,}"), "candour_…"),
    (re.compile(r"\b(bearer|basic)\s+[^\s\"',;]+", re.IGNORECASE), r"\1 …"),
    (
        re.compile(
            r"\b(sessionid|csrftoken|csrfmiddlewaretoken|candour_known|password|passwd|secret|client_secret|token"
            r"|access_token|id_token|refresh_token|code|code_verifier|state|nonce|sig|signature)"
            r"([\"']?\s*[=:]\s*[\"']?)[^\s\"'&;,}]+",
            re.IGNORECASE,
        ),
        r"\1\2…",
    ),
    (re.compile(r"://[^/\s:@]+:[^/\s@]+@"), "://…@"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "…@…"),  # whose mail a server refused is nobody's business here
    (re.compile(r"(?<=/)[A-Za-z0-9_:.=-]{24,}"), "…"),  # the end of an address that opens one thing
    (re.compile(r"^(DETAIL|CONTEXT): .*$", re.MULTILINE), r"\1: …"),  # values of rows, as PostgreSQL says them
)
TELLTALES = ("django.template", "django.db.backends", "fido2")
Line = MutableMapping[str, Any]


def settings_of(*, words: bool) -> dict[str, Any]:
    """Django's LOGGING. words: for people; else JSON, a line each."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter, "words": words}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        # However much is asked for: below this they tell what a page shows, and what the database is asked with.
        "loggers": {"candour": {"level": "INFO"}} | {name: {"level": "WARNING"} for name in TELLTALES},
    }


def formatter(words: bool = False) -> ProcessorFormatter:
    """Writes records of Python's own logging, whoever made them."""
    shown: list[Any] = (
        [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
        if words
        else [structlog.processors.JSONRenderer(ensure_ascii=False)]
    )
    return ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(allow=FACTS),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            by_route,
            ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            without_secrets,
            *shown,
        ],
        pass_foreign_args=True,
    )


def by_route(logger: object, name: str, line: Line) -> Line:
    """Django tells of a refused request by its address, which may open something: the name of its page stands instead."""
    record, said = line["_record"], line.pop("positional_args", ())
    request = getattr(record, "request", None)
    if request is not None and said and isinstance(said, tuple):
        found = getattr(request, "resolver_match", None)
        line["event"] = str(record.msg) % (*said[:-1], found.view_name if found else "nowhere")
    return line


def without_secrets(logger: object, name: str, line: Line) -> Line:
    """Everything that is said, without what opens anything."""
    for key, value in line.items():
        if key not in OURS and isinstance(value, str):
            line[key] = hidden(value)
    return line


def hidden(words: str) -> str:
    """Words without what opens anything."""
    for pattern, instead in SECRETS:
        words = pattern.sub(instead, words)
    return words
