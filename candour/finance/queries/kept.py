"""Read lines and search texts of finance, for the kernel to write and to check."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Model

from candour.finance.models import Budget, Collaboration, Project, Scheme
from candour.finance.queries.amounts import standing
from candour.finance.queries.collaborations import collaboration_line, hanging_on
from candour.finance.queries.projects import hanging, project_line
from candour.finance.queries.rated import rated, ratings
from candour.finance.queries.rows import budget_figures, budget_line, scheme_line
from candour.kernel.records.models import Record

Lines = dict[int, dict[str, Any]]
RECORD_VALUES = ("reference", "title", "organisation_id", "owner_id", "sensitivity", "closed_on")


def _lines(model: type[Model], pks: Sequence[int], line_of: Callable[[Mapping[str, Any]], Any]) -> Lines:
    """The lines of some records of a model as they should stand, as values by column."""
    records = {row["id"]: row for row in Record.objects.filter(pk__in=pks).values("id", *RECORD_VALUES)}
    found: Lines = {}
    for row in model._default_manager.filter(pk__in=pks).values():
        record = records[row["record_id"]]
        values = dict(vars(line_of(record | row)))
        values["organisation_id"] = values.pop("organisation")
        kept = {"record_id": row["record_id"], "reference": record["reference"], "owner_id": record["owner_id"]}
        found[row["record_id"]] = values | kept
    return found


def budget_lines(pks: Sequence[int]) -> Lines:
    """Three queries."""
    amounts = standing(pks)
    return _lines(
        Budget, pks, lambda row: budget_line(row, budget_figures(row["year"], amounts.get(row["record_id"], [])))
    )


def scheme_lines(pks: Sequence[int]) -> Lines:
    """Four queries."""
    amounts, scales = standing(pks), ratings()
    return _lines(
        Scheme,
        pks,
        lambda row: scheme_line(row, rated(scales, row["scale_id"], row["rating"]), amounts.get(row["record_id"], [])),
    )


def project_lines(pks: Sequence[int]) -> Lines:
    """Seven queries."""
    hung, scales = hanging(pks, lambda rows: list(rows.values())), ratings()
    return _lines(Project, pks, lambda row: project_line(row, hung, scales))


def collaboration_lines(pks: Sequence[int]) -> Lines:
    """Six queries."""
    hung = hanging_on(pks, lambda rows: list(rows.values()))
    return _lines(Collaboration, pks, lambda row: collaboration_line(row, hung))


def texts_of(model: type[Model], *names: str) -> Callable[[Sequence[int]], dict[int, str]]:
    """What search finds records of a model by: reference, title, and some of their own columns. Two queries."""

    def texts(pks: Sequence[int]) -> dict[int, str]:
        records = Record.objects.filter(pk__in=pks).values_list("pk", "reference", "title")
        parts: dict[int, list[str]] = {pk: [reference, title] for pk, reference, title in records}
        for pk, *found in model._default_manager.filter(pk__in=pks).values_list("pk", *names):
            parts[pk] += [str(one) for one in found]
        return {pk: "\n".join(part for part in found if part) for pk, found in parts.items()}

    return texts


budget_texts = texts_of(Budget)
scheme_texts = texts_of(Scheme, "about")
project_texts = texts_of(Project, "about", "outcome", "lessons")
collaboration_texts = texts_of(Collaboration, "about", "lead")
