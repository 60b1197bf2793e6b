"""With which other bodies a record is shared, and what a page can change of it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from candour.kernel.people.models import Organisation
from candour.kernel.records import commands
from candour.kernel.records.models import Record, Share


@dataclass(frozen=True)
class WithWhom:
    """The bodies that a record could be shared with, and the shares that stand."""

    record: Record
    others: tuple[Organisation, ...]
    standing: tuple[Share, ...]

    @classmethod
    def of(cls, record: Record, *, but: Collection[int | None] = ()) -> "WithWhom":
        """but: bodies that are not offered, such as the auditor whose audit it is. Two queries."""
        standing = tuple(Share.objects.filter(record=record, ended=None).select_related("organisation", "record"))
        taken = {each.organisation_id for each in standing} | {record.organisation_id} | {each for each in but if each}
        return cls(record, tuple(Organisation.objects.exclude(pk__in=taken)), standing)

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What a form offers: to share it with one more body, or to stop."""
        more = [(f"share:{each.pk}", f"Share it with {each.name}") for each in self.others]
        return more + [(f"stop:{each.pk}", f"Stop sharing it with {each.organisation.name}") for each in self.standing]

    def carry_out(self, answer: str, **said: Any) -> None:
        """Do what one of the answers says. said: who acts, when and why, as the commands take it."""
        what, _, number = answer.partition(":")
        if what == "share":
            commands.share(
                self.record, organisation=next(each for each in self.others if str(each.pk) == number), **said
            )
        else:
            commands.stop_sharing(next(each for each in self.standing if str(each.pk) == number), **said)
