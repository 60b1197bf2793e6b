"""Full text search on both databases: every word must begin a word of the record, in any order.

Both find the same records: what is indexed is a record's words, each once, in small letters without accents, and neither
database stems them or leaves any out. Found records come by reference, never by a rank: a rank counts hidden rows and so
tells of them.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value, Window
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan, In, Lookup
from django.db.models.sql.compiler import SQLCompiler

from candour.kernel.access import Actor
from candour.kernel.records.compile import LookedAt
from candour.kernel.records.models import Record, SearchText
from candour.kernel.records.queries import visible_records

WORD = re.compile(r"[^\W_]+")
SIGNS = {code: " " for code in range(128) if not chr(code).isalnum()}  # the same words as WORD finds, five times sooner
STRANGE = re.compile(r"[^\x00-\x7f]+")
LONGEST = 12  # words that are looked at


def words(text: str) -> list[str]:
    """The different words of a text in small letters and without accents, in order: nothing a database would obey."""
    plain = text.casefold()
    if plain.isascii():
        return list(dict.fromkeys(plain.translate(SIGNS).split()))
    plain = STRANGE.sub(without_accents, unicodedata.normalize("NFKD", plain)).casefold()
    return list(dict.fromkeys(WORD.findall(plain)))


def without_accents(letters: re.Match[str]) -> str:
    return "".join(sign for sign in letters[0] if not unicodedata.combining(sign))


def searchable(text: str) -> str:
    """What is indexed of a text: its words, each once."""
    return " ".join(sorted(words(text)))


def begins_every(query: str, text: str) -> bool:
    """Whether each of a query's first twelve words begins a word of a text: what `matching` asks of the database."""
    held = words(text)
    return all(any(word.startswith(asked) for word in held) for asked in words(query)[:LONGEST])


@dataclass(frozen=True)
class Words:
    """Where the words of rows are looked for: the table of SQLite that has them by the number of the row, and the question that
    gives these numbers on PostgreSQL, with a mark for what is asked."""

    sqlite: str
    postgres: str


RECORDS = Words("records_search", "SELECT found FROM records_matching(to_tsquery('simple', %s)) AS found")


def matching(text: str, *, looked: bool = False, of: Words = RECORDS) -> Q:
    """Rows that have a word beginning with each of the query's first twelve words; all for a query without a word.

    looked: on SQLite what is found is looked up for each row of another order, where it would go from what is found to the
    rows, which for a word that most records have are most of them. of: whose words; those of records.
    """
    found = words(text)[:LONGEST]
    if not found:
        return Q()
    if connection.vendor == "postgresql":
        numbers = RawSQL(of.postgres, [" & ".join(f"{word}:*" for word in found)])  # noqa: S611  # nosec B611
        return Q(OneOf(F("pk"), numbers))
    query_text = " ".join(f'"{word}"*' for word in found)
    held = f"SELECT rowid FROM {of.sqlite} WHERE {of.sqlite} MATCH %s"  # noqa: S608
    numbers = RawSQL(held, [query_text])  # noqa: S611  # nosec B611
    return Q(In(LookedAt("pk"), numbers)) if looked else Q(pk__in=numbers)


def holding(text: str) -> Q:
    """The same as `matching` asks, read in the text of each record by itself: for rows that are gone through in another order
    until there are enough, where finding all that match first would take longer than the few texts."""
    found = words(text)[:LONGEST]
    if not found:
        return Q()
    asked = [GreaterThan(StrIndex(Concat(Value(" "), F("text")), Value(f" {word}")), 0) for word in found]
    return Q(Exists(SearchText.objects.filter(*asked, record=OuterRef("pk"))))


class OneOf(Lookup):
    """Whether a row is one of those found, whose numbers are put into a list first: PostgreSQL then goes through the index of
    the rows once, in order. For a plain question it looks for each number by itself, which takes twice as long for 36,000."""

    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        row, params = self.process_lhs(compiler, connection)
        found, more = self.process_rhs(compiler, connection)
        return f"{row} = ANY (ARRAY{found})", [*params, *more]


def search(text: str, *, actor: Actor) -> QuerySet[Record]:
    """Visible records of every kind that match, by reference and title; none for a query without a word."""
    if not words(text):
        return Record.objects.none()
    found = Record.objects.filter(visible_records(actor), matching(text)).select_related("organisation", "owner")
    return found.order_by("reference", "title", "pk")


def page_found(text: str, *, actor: Actor, number: int, size: int) -> tuple[list[Record], int]:
    """One page of what search finds, and how many it finds in all; 0 past the last page. Two queries.

    What matches is found and counted in one go, by its numbers; only then are the records of the page read.
    """
    every = search(text, actor=actor).select_related(None).annotate(total=Window(Count("pk")))
    found = list(every.values_list("pk", "total")[(number - 1) * size : number * size])
    records = Record.objects.select_related("organisation", "owner").in_bulk([pk for pk, _ in found])
    return [records[pk] for pk, _ in found], found[0][1] if found else 0
