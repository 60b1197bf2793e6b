"""The readers, imported with Django set up: what a process that reads is made from."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "candour.config.settings_test")
django.setup()

from tests.fuzz.targets import targets  # noqa: E402

__all__ = ["targets"]
