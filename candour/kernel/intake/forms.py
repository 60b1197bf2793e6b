"""Reading a paper in: the file, then the decisions."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from candour.kernel.intake.readers import ACCEPTED, SUFFIXES
from candour.kernel.web.fields import DateField, FileField, ReasonField
from candour.kernel.web.forms import Form


class PaperForm(Form):
    """Step 1: which paper."""

    paper = FileField(
        "The paper",
        hint=f"{ACCEPTED}, of at most {settings.FILE_LIMIT // 1024**2} megabytes. Nothing is saved yet.",
        kinds=SUFFIXES,
        limit=settings.FILE_LIMIT,
    )
    effective = DateField(
        "The day the paper holds", required=False, hint="Leave empty to use the date that the paper itself prints."
    )


class DiscardForm(Form):
    reason = ReasonField("Why it is not needed")


def decisions_from(posted: Any, findings: Sequence[Any]) -> dict[str, str]:
    """By finding number the choice made, for those decided."""
    return {
        str(number): posted[f"finding-{number}"] for number, _ in enumerate(findings) if posted.get(f"finding-{number}")
    }


def columns_from(posted: Any, tables: Sequence[Any]) -> dict[str, list[str]]:
    """By the shape of the headings the field of each column, for tables to look at and for others that were changed."""
    answers = {}
    for table, one in enumerate(tables):
        fields = [posted.get(f"column-{table}-{n}", column["field"] or "") for n, column in enumerate(one["columns"])]
        if one["ask"] or fields != [column["field"] or "" for column in one["columns"]]:
            answers[one["shape"]] = fields
    return answers
