"""Where Candour keeps what it makes (pure): the folder, and the database named by DATABASE_URL."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PACKAGE = Path(__file__).resolve().parents[1]


def home() -> Path:
    """The folder for the demo's database and uploaded files: CANDOUR_HOME, else var/ of a checkout, else ~/.candour."""
    if given := os.environ.get("CANDOUR_HOME"):
        return Path(given).expanduser().resolve()
    checkout = PACKAGE.parent
    return checkout / "var" if (checkout / "pyproject.toml").exists() else Path.home() / ".candour"


# Left to itself PostgreSQL takes a page out of order to cost four in a row, as on a disk that turns, and would rather read a
# whole table than an index that holds all it is asked for. See docs/adr/0054.
IN_MEMORY = "-c random_page_cost=1.1"


def database(url: str | None, *, pool: int = 0) -> dict[str, Any]:
    """Django's settings for a database address: sqlite:///path or postgresql://user:password@host:port/name.

    Without an address, the demo's embedded database. A socket folder may be given as ?host=/path. pool: how many connections
    the threads of one process share at most; 0 for one each. SQLite has no use for it. ?options= takes the
    place of IN_MEMORY.
    Raises ValueError for any other kind of address.
    """
    if not url:
        return sqlite(str(home() / "demo.sqlite3"))
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError:
        raise ValueError(
            "DATABASE_URL has a port that is no number: write / and @ in a password as %2F and %40"
        ) from None
    if parts.scheme == "sqlite":
        return sqlite(unquote(parts.path[1:] if parts.path.startswith("//") or not parts.netloc else parts.path))
    if parts.scheme in {"postgres", "postgresql"}:
        options: dict[str, Any] = dict(parse_qsl(parts.query, keep_blank_values=True))
        host, port = options.pop("host", parts.hostname or ""), port or options.pop("port", "")
        options.setdefault("options", IN_MEMORY)
        if pool:
            options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": host,
            "PORT": port,
            "CONN_MAX_AGE": 0 if pool else 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise ValueError(
        f"DATABASE_URL begins with {parts.scheme or 'nothing'}: use sqlite:///file or postgresql://host/name"
    )


def sqlite(path: str) -> dict[str, Any]:
    """SQLite as measured to survive four writing processes: immediate transactions, write-ahead log, 20 seconds' wait.

    Each transaction is on the disk before it is acknowledged: see docs/adr/0040.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000;"
            "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;",
        },
    }
