"""The object store stops while people work: what they typed stays, nothing is half added, and all goes on once it is back."""

from collections.abc import Iterator

import pytest

from tests.evidence import samples, stores
from tests.faults.browser import Browser
from tests.faults.place import Place

RISK = "/risks/office/F00/"
NEW = "/records/risk/office/F00/files/new"
AWAY = "The store of files does not answer, so nothing is kept yet. Choose the file again and send it in a few minutes"


@pytest.fixture
def objects() -> Iterator[stores.Objects]:
    server = stores.Objects()
    server.begin()
    yield server
    server.stop()


def added(place: Place) -> int:
    return int(place.ask("SELECT count(*) FROM evidence_file")[0][0])


def sent(browser: Browser, number: int):  # type: ignore[no-untyped-def]
    content = samples.PDF + str(number).encode()
    return browser.send(NEW, {"reason": f"Words {number}"}, name=f"{number}.pdf", content=content)


def test_files_are_added_and_opened_again_once_the_object_store_is_back(place: Place, objects: stores.Objects) -> None:
    place.settings = {
        "CANDOUR_S3_BUCKET": objects.bucket,
        "CANDOUR_S3_ENDPOINT": objects.address,
        "CANDOUR_S3_REGION": stores.REGION,
        "CANDOUR_S3_KEY": stores.KEYS["aws_access_key_id"],
        "CANDOUR_S3_SECRET": stores.KEYS["aws_secret_access_key"],
    }
    browser = place.browser(place.serve())
    assert sent(browser, 1).saved
    entries = place.entries()
    objects.stop()
    answer = sent(browser, 2)
    assert AWAY in answer.words
    assert "Words 2" in answer.page
    assert (added(place), place.entries()) == (1, entries)
    opened = browser.get("/records/risk/office/F00/files/1")
    assert opened.status == 503
    assert "The store in which Candour keeps files does not answer. Nothing is lost" in opened.words
    assert browser.get(RISK).status == 200
    assert place.run("check").stdout.count("MEND  storage") == 1
    objects.start_again()
    assert sent(browser, 2).saved
    assert browser.get("/records/risk/office/F00/files/1").page == samples.PDF.decode() + "1"
    assert added(place) == 2
    assert place.verified() == entries + 1
