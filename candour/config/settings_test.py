"""Settings of the tests: the same, with an in-memory database unless DATABASE_URL names one, and quick sign-in."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("CANDOUR_SECRET_KEY", "of the tests alone")
os.environ.setdefault("CANDOUR_HOME", tempfile.mkdtemp(prefix="candour-test-"))
if not os.environ.get("DATABASE_URL"):
    os.environ["DATABASE_URL"] = f"sqlite:///{os.environ['CANDOUR_HOME']}/test.sqlite3"

from candour.config.settings import *  # noqa: F403

DEMO = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": Path(os.environ["CANDOUR_HOME"]) / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
