"""What monitoring reads (Prometheus): what all processes of this server counted, and what the database says now."""

from collections.abc import Iterator
from datetime import datetime

from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.values import MutexValue, ValueClass

from candour.config.system import queries

TYPE = "text/plain; version=0.0.4; charset=utf-8"


def text(at: datetime) -> bytes:
    """Everything that is measured, in the text form of Prometheus. Nine queries."""
    told = CollectorRegistry()
    told.register(Standing(at))  # type: ignore[arg-type]
    if ValueClass is MutexValue:  # this process counts alone, as the library settled when it was imported
        return generate_latest(REGISTRY) + generate_latest(told)
    counted = CollectorRegistry()
    MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    return generate_latest(counted) + generate_latest(told)


class Standing:
    """What the database says now. A gauge that has nothing to say, such as the age of no backup, is left out."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def describe(self) -> list[GaugeMetricFamily]:
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        at = self.at
        jobs = GaugeMetricFamily("candour_jobs", "Jobs by how they stand", labels=["state"])
        counts = queries.job_counts(at)
        for state, count in counts.items():
            jobs.add_metric([state], count)
        yield jobs
        yield from self._age(
            "candour_job_oldest_due_seconds", "How long the oldest job has been due", queries.oldest_due(at)
        )
        letters = GaugeMetricFamily(
            "candour_letters", "Letters that did not go out, by how they stand", labels=["state"]
        )
        post = queries.letter_counts()
        for state in ("waiting", "gathered", "failed", "unknown", "returned"):
            letters.add_metric([state], getattr(post, state))
        yield letters
        yield GaugeMetricFamily("candour_addresses_shut", "Addresses that do not receive", value=post.addresses)
        history = queries.history_of()
        yield GaugeMetricFamily("candour_history_last_entry", "Number of the last entry", value=history.last_entry)
        yield from self._age("candour_seal_age_seconds", "Since the last seal", history.sealed_at)
        yield from self._age(
            "candour_unsealed_oldest_seconds", "Since the oldest entry without a seal", history.unsealed_since
        )
        yield from self._age("candour_verified_age_seconds", "Since everything was last verified", history.verified_at)
        if history.verified_at:
            yield GaugeMetricFamily("candour_verified_holds", "1 if everything held then", value=history.holds)
        stored = queries.stored()
        yield GaugeMetricFamily("candour_storage_files", "Files that records hold", value=stored.files)
        yield GaugeMetricFamily("candour_storage_bytes", "Bytes of these files", value=stored.bytes)
        if stored.free is not None:
            yield GaugeMetricFamily("candour_storage_free_bytes", "Bytes free in CANDOUR_HOME", value=stored.free)
        backup = queries.last_backup()
        yield from self._age(
            "candour_backup_age_seconds", "Since the last backup was made", backup.at if backup else None
        )

    def _age(self, name: str, words: str, moment: datetime | None) -> Iterator[GaugeMetricFamily]:
        if moment is not None:
            yield GaugeMetricFamily(name, words, value=max((self.at - moment).total_seconds(), 0))
