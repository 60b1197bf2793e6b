"""The signing key of an installation that was given none: made once, kept in a file only its owner may read."""

import secrets
from pathlib import Path


def kept_secret(folder: Path) -> str:
    """The key in folder/secret-key, made on first use with mode 0600."""
    path = folder / "secret-key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()
