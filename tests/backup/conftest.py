"""A register with issued papers, a stored file and a seal, and a storage of its own for every test."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from candour.kernel.evidence.commands import add_file
from candour.kernel.papers.models import IssuedPaper
from candour.kernel.records.models import Record
from candour.kernel.signin.commands import Place, note
from tests.evidence import samples
from tests.factories import NOW, House
from tests.papers.test_issue import copies

__all__ = ["copies"]


@dataclass
class Kept:
    """What stands: the copies of an issued paper by audience, and the record that a file was added to."""

    papers: dict[str, IssuedPaper]
    record: Any


@pytest.fixture
def files(settings: Settings, tmp_path: Path) -> Path:
    """The folder in which the default storage keeps files."""
    backend = "django.core.files.storage.FileSystemStorage"
    folder = tmp_path / "stored"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend, "OPTIONS": {"location": folder}}}
    settings.HOME = tmp_path / "home"
    return folder


@pytest.fixture
def kept(house: House, copies: dict[str, IssuedPaper], files: Path) -> Kept:
    record = Record.objects.order_by("pk")[0]
    note("password", "on", person=None, place=Place(address="192.0.2.7", browser="A browser"), at=NOW)
    add_file(record, name="signed.pdf", content=io.BytesIO(samples.PDF), actor=house.actors["owner"], at=NOW)
    return Kept(copies, record)
