"""Full text search on both databases: every word must begin a word of the record, in any order.

Found records come by reference, never by a rank: a rank counts hidden rows and so tells of them.
"""

import re

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from candour.kernel.access import Actor
from candour.kernel.records.kinds import kinds
from candour.kernel.records.models import Record, SearchText, visible

WORD = re.compile(r"\w+", re.UNICODE)
LONGEST = 12  # words that are looked at


def words(text: str) -> list[str]:
    """The words of a query, at most twelve, without anything that a database would read as an instruction."""
    return WORD.findall(text)[:LONGEST]


def matching(text: str) -> Q:
    """Records whose text holds every word of the query; all of them for a query without a word."""
    found = words(text)
    if not found:
        return Q()
    if connection.vendor == "postgresql":
        query = SearchQuery(" & ".join(f"{word}:*" for word in found), search_type="raw", config="english")
        texts = SearchText.objects.annotate(vector=SearchVector("text", config="english")).filter(vector=query)
        return Q(pk__in=texts.values("pk"))
    query_text = " ".join(f'"{word}"*' for word in found)
    return Q(pk__in=RawSQL("SELECT rowid FROM records_search WHERE records_search MATCH %s", [query_text]))


def search(text: str, *, actor: Actor) -> QuerySet[Record]:
    """Visible records of every kind that match, by reference and title; none for a query without a word."""
    if not words(text):
        return Record.objects.none()
    seen = Q(pk__in=[])
    for kind in kinds():
        seen |= Q(kind=kind.name) & visible(actor, kind.see)
    found = Record.objects.filter(seen).filter(matching(text)).select_related("organisation", "owner")
    return found.order_by("reference", "title", "pk")
