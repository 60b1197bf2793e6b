"""The history: entries in chains, the states they left behind, and the seals over them. Append only.

A chain belongs to one Chained row (a record, a post, a scale ...). History lies below everything, so it knows chains and
actors by kind, number and label, never by foreign key.
"""

from typing import Any, ClassVar

from django.db import models

from candour.kernel.history.rows import change, create, may_create
from candour.kernel.history.state import UnrecordedWrite, batch_for


class Chained(models.Model):
    """A row that has a chain of entries of its own. Keeps the head, so that a cut tail shows."""

    head_hash = models.CharField(max_length=64, default="", editable=False)
    head_sequence = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


class RecordedQuerySet(models.QuerySet):
    """Bulk writes are recorded like single ones, or refused."""

    model: Any  # always a Recorded model

    def update(self, **values: Any) -> int:
        if set(values) <= set(self.model.unrecorded):
            return super().update(**values)
        batch = batch_for(self.model.__name__)
        keys = list(self.values_list("pk", flat=True))
        batch.touch(self.model, keys)
        return super().update(**values)

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list[Any]:
        batch = batch_for(self.model.__name__)
        new = not kwargs.get("update_conflicts")
        if args or kwargs or not may_create(self.model):
            made: list[Any] = super().bulk_create(objs, *args, **kwargs)
        else:
            create(self.model, made := list(objs))
        batch.touch(self.model, [row.pk for row in made], made=made if new else None)
        return made

    def bulk_update(self, objs: Any, fields: Any, *args: Any, **kwargs: Any) -> int:
        """Each row by its own values, as they are; never by an expression."""
        rows = list(objs)
        columns = [self.model._meta.get_field(name).attname for name in fields]
        batch_for(self.model.__name__).touch(self.model, [row.pk for row in rows])
        change(self.model, columns, [[getattr(row, name) for name in (*columns, "pk")] for row in rows])
        return len(rows)

    bulk_update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> Any:
        raise UnrecordedWrite(f"{self.model.__name__} rows are marked as removed, never deleted")

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class Recorded(models.Model):
    """A row each of whose states is kept.

    words: fields of free text, committed with a salt so that they can be removed later (redaction).
    labels: foreign keys whose label is kept beside the number, as <field>_label, as it was on the day.
    unrecorded: fields outside history, such as a last sign-in.
    chain: the foreign key to the Chained row (or to a row that shares its primary key); "" where the row is its own.
    """

    words: ClassVar[tuple[str, ...]] = ()
    labels: ClassVar[tuple[str, ...]] = ()
    unrecorded: ClassVar[tuple[str, ...]] = ()
    chain: ClassVar[str] = ""

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is not None and set(fields) <= set(self.unrecorded):
            super().save(*args, **kwargs)
            return
        batch = batch_for(type(self).__name__)
        new = self._state.adding and (kwargs.get("force_insert") or self.pk is None)
        super().save(*args, **kwargs)
        batch.touch(type(self), [self.pk], made=[self] if new else None)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise UnrecordedWrite(f"{type(self).__name__} rows are marked as removed, never deleted")


class Entry(models.Model):
    """One thing that happened to one record: who, when recorded, from when in effect, why, and what changed.

    canonical is the text that hash is made of; the columns repeat parts of it for the database's use, and verify
    compares them. words holds the salted free text by its place in the canonical text, and may only shrink.
    """

    record_kind = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    record_label = models.CharField(max_length=120)
    sequence = models.PositiveIntegerField()
    event = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=20)
    actor_id = models.BigIntegerField()
    actor_label = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    effective = models.DateField()
    canonical = models.TextField()
    words = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint("record_kind", "record_id", "sequence", name="one_entry_a_sequence")]
        indexes = [models.Index("effective", "record_kind", "record_id", name="entries_by_day")]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.record_label} entry {self.sequence}: {self.event}"


class Snapshot(models.Model):
    """The state of one row from a day on. facts is canonical JSON with commitments in place of free text."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="snapshots", db_index=False)
    record_kind = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    sequence = models.PositiveIntegerField()
    model = models.CharField(max_length=60)
    key = models.BigIntegerField()
    effective = models.DateField()
    recorded_at = models.DateTimeField()
    facts = models.TextField()
    words = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(
                "model", "key", models.F("effective").desc(), models.F("sequence").desc(), name="snapshot_as_at"
            ),
            models.Index("entry", name="snapshot_by_entry"),
            models.Index("record_kind", "record_id", "sequence", name="snapshot_of_entry"),
        ]


class Seal(models.Model):
    """A root over the hashes of all entries since the last seal and over the last root. Printed on papers."""

    sealed_at = models.DateTimeField()
    first_entry = models.BigIntegerField()
    last_entry = models.BigIntegerField()
    entries = models.PositiveIntegerField()
    previous_root = models.CharField(max_length=64, default="")
    root = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]


class Verification(models.Model):
    """That everything was verified: when, by which post or by Candour itself, what was found. failure: "" where all held."""

    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    entries = models.BigIntegerField()
    root = models.CharField(max_length=64, blank=True)
    failure = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.failure or f"{self.entries} entries hold"


class Sent(models.Model):
    """A form that was taken: what was sent, by whom and to where as one fingerprint, and where it led. See once.py."""

    key = models.CharField(max_length=64, unique=True)
    by = models.CharField(max_length=16, help_text="Which taking of it")
    to = models.TextField(default="", blank=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key
