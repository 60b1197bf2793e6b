"""Settings of the tests: the same, with a database of their own unless DATABASE_URL names one, and quick sign-in."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("CANDOUR_SECRET_KEY", "of the tests alone")
if "CANDOUR_HOME" not in os.environ:
    # A folder for this run, gone at its end. The workers of xdist and what tests start are given its name and leave it; and a
    # fork that ends, which does then what its parent would, leaves it too.
    os.environ["CANDOUR_HOME"] = made = tempfile.mkdtemp(prefix="candour-test-")
    atexit.register(
        lambda maker: shutil.rmtree(made, ignore_errors=True) if os.getpid() == maker else None, os.getpid()
    )
if not os.environ.get("DATABASE_URL"):
    os.environ["DATABASE_URL"] = f"sqlite:///{os.environ['CANDOUR_HOME']}/test.sqlite3"

from candour.config.settings import *  # noqa: F403
from candour.config.settings import DATABASES, LIMITS, LOGGING

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file and not memory: two connections to one memory refuse each other where on a file they wait.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["CANDOUR_HOME"]) / "tests.sqlite3")}

DEMO = True
LOGGING["loggers"]["candour.request"] = {"level": "WARNING"}  # thousands of pages: tests/logs asks for its lines
BACKGROUND = False  # what a test asks for is done when it is answered
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": Path(os.environ["CANDOUR_HOME"]) / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LIMITS = dict.fromkeys(LIMITS, 0)  # a file of tests asks more in a minute than a person; tests/limits counts
# What a page costs is counted as it is made; tests/risks/test_pages_kept.py keeps pages in memory.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
