"""What was backed up is restored wholly, or nothing is."""

import gzip
import io
import json
import re
import shutil
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from candour.config.backup import form
from candour.config.backup import restore as restoring
from candour.config.backup.archive import Unusable
from candour.config.backup.make import back_up, last_keys
from candour.config.cli import main
from candour.kernel.evidence import store
from candour.kernel.evidence.models import File
from candour.kernel.history.models import Entry
from candour.kernel.history.queries import last_seal
from candour.kernel.history.verify import verify
from candour.kernel.papers.models import IssuedPaper
from candour.kernel.papers.queries import document_of
from candour.kernel.papers.render import render
from candour.kernel.records.models import Record
from tests.backup.conftest import Kept
from tests.factories import NOW, House, a_risk
from tests.history.tamper import plain, unguarded
from tests.risks.register_for_papers import SECRET


def manifest(path: Path) -> dict[str, Any]:
    with tarfile.open(path) as tar:
        opened = tar.extractfile("manifest.json")
        assert opened is not None
        return dict(json.loads(opened.read()))


def written(kept: Kept) -> dict[str, bytes]:
    """The issued papers as they are written again."""
    papers = {name: IssuedPaper.objects.get(pk=paper.pk) for name, paper in kept.papers.items()}
    return {
        f"{name}{end}": render(document_of(paper), end) for name, paper in papers.items() for end in (".docx", ".html")
    }


@pytest.fixture
def backup(kept: Kept, tmp_path: Path) -> Path:
    path = tmp_path / "register.candour"
    made = back_up(path, at=NOW)
    root = last_seal()
    assert root is not None
    assert (made.entries, made.root, made.files, made.encrypted, made.lost) == (
        Entry.objects.count(),
        root.root,
        1,
        False,
        [],
    )
    return path


def test_what_was_backed_up_is_restored_with_its_history_papers_files_and_numbers(
    house: House, kept: Kept, backup: Path, files: Path, tmp_path: Path
) -> None:
    papers, entries, given = written(kept), Entry.objects.count(), last_keys(form.tables())
    digest = File.objects.get().sha256
    later = a_risk(house, reference="LATER1")
    shutil.rmtree(files)
    verdict = restoring.restore(backup, replace=True, tell=lambda words: None)
    assert (verdict.failure, verdict.entries, verdict.root) == ("", entries, manifest(backup)["history"]["root"])
    assert not Record.objects.filter(pk=later.pk).exists()
    assert written(kept) == papers
    assert store.holds(digest)
    assert last_keys(form.tables()) == given
    again = tmp_path / "again.candour"
    back_up(again, at=NOW)
    assert manifest(again) == manifest(backup)
    assert a_risk(house).pk == later.pk  # numbers go on from where they were
    assert verify().failure == ""


def test_a_database_that_holds_records_is_left_alone_unless_told(house: House, backup: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    a_risk(house, reference="LATER1")
    assert main(["restore", str(backup)]) == 2
    assert "the database holds records: name a new one in DATABASE_URL, or add --replace" in capsys.readouterr().err
    assert Record.objects.filter(reference="LATER1").exists()
    assert main(["restore", str(backup), "--replace"]) == 0
    assert re.search(
        r"is restored, and every entry holds: [0-9,]+ rows, [0-9,]+ entries, 1 files", capsys.readouterr().out
    )
    assert not Record.objects.filter(reference="LATER1").exists()


def test_a_root_held_outside_must_stand_in_what_is_restored(house: House, backup: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    a_risk(house, reference="LATER1")
    assert main(["restore", str(backup), "--replace", "--root", "ab" * 32]) == 1
    assert "Nothing was restored: its history does not hold. no seal has the root" in capsys.readouterr().err
    assert Record.objects.filter(reference="LATER1").exists()
    assert verify().failure == ""


def test_a_register_that_was_tampered_with_is_not_restored_and_leaves_neither_rows_nor_files(
    kept: Kept, files: Path, tmp_path: Path
) -> None:
    path, digest = tmp_path / "tampered.candour", File.objects.get().sha256
    with unguarded():
        plain(Record).filter(pk=kept.record.pk).update(reference="FORGED")
    back_up(path, at=NOW)
    with unguarded():
        plain(Record).filter(pk=kept.record.pk).update(reference="STANDS")
    store.erase(digest)
    with pytest.raises(restoring.DoesNotHold, match=r"records\.record"):
        restoring.restore(path, replace=True, tell=lambda words: None)
    assert Record.objects.get(pk=kept.record.pk).reference == "STANDS"
    assert not store.holds(digest)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2000])


def without_its_end(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4])


def altered(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def repacked(path: Path, change: Callable[[str, bytes], list[tuple[str, bytes]]]) -> None:
    """Write it anew with something done to its members, as somebody who knows the form could."""
    with tarfile.open(path) as tar:
        members = [(each.name, tar.extractfile(each).read()) for each in tar.getmembers()]  # type: ignore[union-attr]
    with gzip.open(path, "wb") as packed, tarfile.open(fileobj=packed, mode="w|") as out:
        for name, content in members:
            for new, bytes_ in change(name, content):
                about = tarfile.TarInfo(new)
                about.size = len(bytes_)
                out.addfile(about, io.BytesIO(bytes_))


def with_a_word_changed(path: Path) -> None:
    repacked(path, lambda name, content: [(name, content.replace(b"Chief Executive", b"Chief Impostor!"))])


def without_a_table(path: Path) -> None:
    repacked(path, lambda name, content: [] if "people_post" in name else [(name, content)])


def with_a_stranger(path: Path) -> None:
    more = {"candour.json": [("../../etc/passwd", b"x")]}
    repacked(path, lambda name, content: [(name, content), *more.get(name, [])])


def with_another_file(path: Path) -> None:
    repacked(path, lambda name, content: [(name, content + b"!" if name.startswith("files/") else content)])


def foreign(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 something else")


def empty(path: Path) -> None:
    path.write_bytes(b"")


SPOILT = [cut, without_its_end, altered, with_a_word_changed, without_a_table, with_a_stranger, with_another_file]


@pytest.mark.parametrize("spoil", [*SPOILT, foreign, empty], ids=lambda spoil: spoil.__name__)
def test_a_file_that_is_not_as_it_was_written_changes_nothing(house: House, backup: Path, capsys, spoil) -> None:  # type: ignore[no-untyped-def]
    spoil(backup)
    before = Entry.objects.count()
    a_risk(house, reference="LATER1")
    assert main(["restore", str(backup), "--replace"]) == 2
    said = capsys.readouterr().err
    if spoil in (foreign, empty):
        assert "it is not a backup made by Candour: name one that candour backup wrote" in said
    else:
        assert "it is cut short or was altered" in said
        assert "take another copy, or an earlier backup" in said
    assert (Entry.objects.count(), Record.objects.filter(reference="LATER1").exists()) == (before + 1, True)


def test_a_backup_of_other_tables_says_which_version_to_take(backup: Path) -> None:
    found = restoring.examine(backup)
    restoring.fits(found)
    theirs = found.head["migrations"]
    newer = replace(found, head=found.head | {"migrations": [*theirs, "risks.9999_much_later"]})
    with pytest.raises(Unusable, match=r"newer \(risks.9999_much_later\): install that version or a later one"):
        restoring.fits(newer)
    older = replace(found, head=found.head | {"migrations": [each for each in theirs if each != "history.0001_start"]})
    with pytest.raises(Unusable, match=r"older \(without history.0001_start\): restore with that version"):
        restoring.fits(older)


def test_an_encrypted_backup_opens_with_its_key_alone_and_says_nothing_without(  # type: ignore[no-untyped-def]
    house: House, kept: Kept, tmp_path: Path, capsys
) -> None:
    path, secret, public = (tmp_path / name for name in ("sealed.candour", "backup.key", "backup.pub"))
    assert main(["key", str(secret)]) == 0
    public.write_text(capsys.readouterr().out)
    assert (secret.stat().st_mode & 0o777, public.read_text()[:4]) == (0o600, "age1")
    assert main(["key", str(secret)]) == 2  # it is never written over
    assert main(["backup", str(path), "--to-key", str(public)]) == 0
    assert "encrypted" in capsys.readouterr().out
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes().startswith(b"age-encryption.org/v1\n")
    a_risk(house, reference="LATER1")
    other = tmp_path / "other.key"
    main(["key", str(other)])
    for more, message in (
        ([], "it is encrypted: give the file of its secret key with --key"),
        (["--key", str(other)], "no key in the file given with --key opens it"),
        (["--key", str(public)], "holds no key, or something else"),
        (["--key", str(tmp_path / "none.key")], "No such file or directory"),
    ):
        assert main(["restore", str(path), "--replace", *more]) == 2
        assert message in capsys.readouterr().err
    assert main(["restore", str(path), "--key", str(secret), "--check"]) == 0
    assert "is whole" in capsys.readouterr().out
    assert Record.objects.filter(reference="LATER1").exists()
    whole = path.read_bytes()
    for spoilt in (whole[:-200], whole[:3000] + b"x" + whole[3001:]):
        path.write_bytes(spoilt)
        assert main(["restore", str(path), "--key", str(secret), "--replace"]) == 2
        assert "it is cut short or was altered" in capsys.readouterr().err
    path.write_bytes(whole)
    assert main(["restore", str(path), "--key", str(secret), "--replace"]) == 0
    assert not Record.objects.filter(reference="LATER1").exists()


def test_a_file_that_storage_has_lost_is_named_and_the_rest_is_kept(  # type: ignore[no-untyped-def]
    kept: Kept, tmp_path: Path, settings: Settings, capsys
) -> None:
    digest = File.objects.get().sha256
    store.erase(digest)
    path = tmp_path / "lossy.candour"
    assert main(["backup", str(path), "--json"]) == 1
    said = capsys.readouterr()
    assert f"A record names a file that storage does not have: {digest}" in said.err
    assert (json.loads(said.out)["files"], json.loads(said.out)["lost"]) == (0, [digest])
    assert json.loads((settings.HOME / "last-backup.json").read_text())["file"] == str(path)
    assert main(["restore", str(path), "--check"]) == 0


def test_a_backup_is_written_whole_or_not_at_all(kept: Kept, backup: Path, tmp_path: Path, capsys) -> None:  # type: ignore[no-untyped-def]
    assert main(["backup", str(tmp_path / "no" / "where.candour")]) == 2
    assert "no backup was made: No such file or directory" in capsys.readouterr().err
    before = backup.read_bytes()
    assert main(["backup", str(backup), "--to-key", str(tmp_path / "none.pub")]) == 2
    assert backup.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["register.candour"]
    assert connection.is_usable()
    assert SECRET not in capsys.readouterr().out
