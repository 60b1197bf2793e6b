"""Files in an object store: kept, given out, held by its lock, erased; and what people see while it is away."""

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django.fixtures import Settings

from candour.config.health import storage
from candour.kernel.evidence import commands, store
from candour.kernel.evidence.care import hold_named, sweep
from candour.kernel.evidence.models import File
from candour.kernel.evidence.objects import Away, Held
from candour.kernel.history.verify import verify
from candour.kernel.jobs.works import Failed
from candour.kernel.records.models import Record
from candour.kernel.rules import Refused
from candour.risks.models import Risk
from tests.evidence import samples, stores
from tests.factories import House, a_risk

NOW = datetime.now(UTC)  # the store has a clock of its own


@pytest.fixture(scope="module")
def running() -> Iterator[stores.Objects]:
    server = stores.Objects()
    yield server
    server.stop()


@pytest.fixture
def objects(running: stores.Objects, settings: Settings) -> stores.Objects:
    """The store, empty, as the default storage, without a lock."""
    running.begin()
    use(settings, running, "")
    return running


def use(settings: Settings, running: stores.Objects, lock: str) -> None:
    settings.STORE_BUCKET, settings.STORE_LOCK, settings.STORE_LOCK_YEARS = running.bucket, lock, 7
    settings.STORAGES = settings.STORAGES | {"default": running.storage(lock)}


def added(house: House, record: Record, content: bytes = samples.PDF) -> File:
    said = {"actor": house.actors["owner"], "at": NOW, "reason": "It shows it"}
    return commands.add_file(Record.objects.get(pk=record.pk), name="a.pdf", content=io.BytesIO(content), **said)


def place_of(risk: Risk, file: File) -> str:
    return f"/records/risk/office/{risk.record.reference}/files/{file.pk}"


def signed_in(house: House) -> Client:
    client = Client()
    client.force_login(house.people["owner"])
    return client


def test_a_file_lies_under_its_hash_verifies_and_comes_back(house: House, objects: stores.Objects) -> None:
    risk = a_risk(house)
    file = added(house, risk.record)
    assert objects.versions() == [store.place(file.sha256)]
    answer = signed_in(house).get(place_of(risk, file))
    assert b"".join(answer.streaming_content) == samples.PDF  # type: ignore[attr-defined]
    assert (list(store.every()), store.size_of(file.sha256), verify().failure) == (
        [file.sha256],
        len(samples.PDF),
        "",
    )
    assert storage() == ("good", "Files are stored and read back")


def test_bytes_altered_in_the_store_are_found(house: House, objects: stores.Objects) -> None:
    file = added(house, a_risk(house).record)
    objects.client.put_object(Bucket=objects.bucket, Key=store.place(file.sha256), Body=b"else")
    assert "its stored bytes are missing or are not those that were added" in verify().failure


@pytest.mark.parametrize("lock", ["GOVERNANCE", "COMPLIANCE"])
def test_what_records_name_is_held_against_whoever_has_the_keys(
    house: House, objects: stores.Objects, settings: Settings, lock: str
) -> None:
    use(settings, objects, lock)
    content = samples.PDF + lock.encode()
    file = added(house, a_risk(house).record, content)
    store.keep(io.BytesIO(b"draft"), store.digest_of(io.BytesIO(b"draft")))  # which nothing names
    assert hold_named(NOW, {}) == f"1 held until {NOW + timedelta(days=2557):%-d %B %Y}"
    assert hold_named(NOW, {}).startswith("0 held until ")
    until = default_storage.held_until(store.place(file.sha256))  # type: ignore[attr-defined]
    assert abs(until - (NOW + timedelta(days=2557))) < timedelta(minutes=1)
    version = objects.client.list_object_versions(Bucket=objects.bucket, Prefix=store.place(file.sha256))["Versions"]
    with pytest.raises(Exception, match="AccessDenied"):
        objects.client.delete_object(
            Bucket=objects.bucket, Key=store.place(file.sha256), VersionId=version[0]["VersionId"]
        )
    assert store.holds(file.sha256)


def test_a_file_under_governance_can_be_erased_and_leaves_no_version(
    house: House, objects: stores.Objects, settings: Settings, django_capture_on_commit_callbacks: Callable
) -> None:
    use(settings, objects, "GOVERNANCE")
    file = added(house, a_risk(house).record)
    hold_named(NOW, {})
    with django_capture_on_commit_callbacks(execute=True):
        commands.erase_file(file, actor=house.actors["chief"], at=NOW, reason="Personal data")
    assert (objects.versions(), verify().failure) == ([], "")


def test_a_file_under_compliance_cannot_be_erased_and_the_refusal_says_until_when(
    house: House, objects: stores.Objects, settings: Settings
) -> None:
    use(settings, objects, "COMPLIANCE")
    file = added(house, a_risk(house).record, samples.PDF + b"kept")
    hold_named(NOW, {})
    with pytest.raises(Refused, match="The object store lets nobody erase this file before "):
        commands.erase_file(file, actor=house.actors["chief"], at=NOW, reason="Personal data")
    with pytest.raises(Held, match="until its time of retention has passed"):
        store.erase(file.sha256)
    assert store.holds(file.sha256)


def test_a_bucket_without_a_lock_is_told_by_check(objects: stores.Objects, settings: Settings) -> None:
    use(settings, objects, "GOVERNANCE")
    assert storage()[0] == "good"
    objects.begin(locks=False)
    use(settings, objects, "GOVERNANCE")
    assert storage() == (
        "bad",
        "The bucket has no object lock, so it holds nothing: make one with it, and copy the files over",
    )


def test_while_the_store_is_away_people_are_told_and_what_they_wrote_stays(
    house: House, objects: stores.Objects, settings: Settings
) -> None:
    risk, client = a_risk(house), signed_in(house)
    file = added(house, risk.record)
    objects.stop()
    try:
        sent = io.BytesIO(samples.PDF + b"more")
        sent.name = "b.pdf"
        where = f"/records/risk/office/{risk.record.reference}/files/new"
        page = client.post(where, {"file": sent, "reason": "My long words"}).content.decode()
        assert store.AWAY in page
        assert "My long words" in page
        assert File.objects.count() == 1
        answer = client.get(place_of(risk, file))
        assert (answer.status_code, answer["Retry-After"]) == (503, "120")
        assert b"The store in which Candour keeps files does not answer. Nothing is lost" in answer.content
        assert client.get(f"/risks/office/{risk.record.reference}/").status_code == 200
        state, words = storage()
        assert (state, words.endswith("see CANDOUR_S3_BUCKET")) == ("bad", True)
        with pytest.raises(Away):
            store.open_bytes(file.sha256)
        with pytest.raises(Failed, match="The store of files does not answer"):
            sweep(NOW, {})
    finally:
        objects.start_again()
    assert b"".join(client.get(place_of(risk, file)).streaming_content) == samples.PDF  # type: ignore[attr-defined]


def test_wrong_keys_are_told_as_a_store_that_does_not_let_us_in(objects: stores.Objects, settings: Settings) -> None:
    chosen = objects.storage()
    chosen["OPTIONS"]["bucket_name"] = "no-such-bucket"
    settings.STORAGES = settings.STORAGES | {"default": chosen}
    with pytest.raises(Away, match="the object store answers NoSuchBucket"):
        list(store.every())
