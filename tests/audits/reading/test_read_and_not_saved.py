"""A kind of paper that is read and checked, and not saved: the page and the command line say so and lead nowhere else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from candour.kernel.intake.commands import load, read
from candour.kernel.intake.models import Staged
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused
from tests.factories import NOW, House

from .papers import as_text, clean, pieces

SAID = "Auditor's progress report: this kind of paper is read and checked here, and not saved into a register"


def printed() -> bytes:
    out: list[str] = []
    for kind, what in pieces(clean(0)):
        if isinstance(what, str):
            out += ["", f"# {what}", ""] if kind == "heading" else [f"- {what}"] if kind == "item" else ["", what, ""]
        else:
            out += ["", *["\t".join(line) for line in what], ""]
    return "\n".join(out).encode()


def staged_page(house: House) -> tuple[Client, str]:
    client = Client()
    client.force_login(house.people["policy"])
    response = client.post("/papers-in/", {"paper": SimpleUploadedFile("progress.txt", printed()), "effective": ""})
    return client, response["Location"]


def test_the_page_shows_what_was_read_and_offers_no_saving(house: House) -> None:
    client, address = staged_page(house)
    page = client.get(address).content.decode()
    assert ("Read and checked" in page, "Save the rows" in page, 'name="take"' in page) == (True, False, False)
    assert "not saved into a register" in page


def test_a_confirmation_sent_all_the_same_is_refused_and_saves_nothing(house: House) -> None:
    client, address = staged_page(house)
    page = client.post(address, {"effective": "14 May 2026"}).content.decode()
    assert "not saved into a register" in page
    assert (Staged.objects.get().state, Record.objects.count()) == ("waiting", 0)


def test_such_a_paper_can_be_discarded(house: House) -> None:
    client, address = staged_page(house)
    client.post(f"{address}discard", {"reason": "Looked at"})
    assert Staged.objects.get().state == "discarded"


def test_loading_one_is_refused_with_a_clear_sentence(house: House) -> None:
    reading = read(as_text(clean(0)))
    with pytest.raises(Refused, match=SAID):
        load(reading, organisation=house.office, actor=house.actors["policy"], at=NOW)
    assert Staged.objects.count() == 0
