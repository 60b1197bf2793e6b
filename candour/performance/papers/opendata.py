"""A public measure as open data: its figures as CSV, and what they mean as metadata of the W3C (CSV on the Web)."""

import csv
import json
from io import StringIO
from typing import Any

from candour.kernel.papers.cells import harmless
from candour.performance import rules
from candour.performance.models import Measure
from candour.performance.queries import figures, rows_of, shape_of

# name, title, data type, what it is
COLUMNS = (
    ("reference", "Reference", "string", "The measure’s reference"),
    ("area", "Area", "string", "Empty for the whole"),
    ("period_starts", "Period starts", "date", "The first day of the period"),
    ("period", "Period", "string", "The period in words"),
    ("value", "Figure", "decimal", "Empty where there is none, or it is not shown"),
    ("numerator", "Numerator", "decimal", "What the figure is worked out from, where it is"),
    ("denominator", "Denominator", "decimal", "What the numerator is divided by"),
    (
        "status",
        "Status",
        "string",
        "Provisional, Revised, Final, or Not shown: a small number, or one that gives it away",
    ),
    ("loaded_on", "Loaded on", "date", "The day from which the figure holds"),
)


def csv_of(measure: Measure) -> bytes:
    """The figures of a measure, a row a figure, oldest first in each area. Days are ISO. One query."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([name for name, *_ in COLUMNS])
    for one in figures(rows_of([measure.pk]).get(measure.pk, []), shape_of(measure)):
        numbers = [
            None if number is None else f"{number.normalize():f}"
            for number in (one.value, one.numerator, one.denominator)
        ]
        writer.writerow(
            [
                measure.record.reference,
                harmless(one.area),
                one.period.isoformat(),
                rules.say_period(one.period, measure.frequency),
                *numbers,
                one.status if one.value is not None or one.hidden else "None",
                one.loaded_on.isoformat() if one.loaded_on else "",
            ]
        )
    return out.getvalue().encode("utf-8")


def about(measure: Measure, address: str) -> bytes:
    """What the CSV at an address holds. See https://www.w3.org/TR/tabular-metadata/."""
    record = measure.record
    told: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": address,
        "dc:title": record.title,
        "dc:identifier": record.reference,
        "dc:publisher": record.organisation.name,
        "dc:description": measure.counts,
        "dc:source": measure.source,
        "dc:accrualPeriodicity": rules.FREQUENCIES[measure.frequency],
        "schema:unitText": rules.UNITS[measure.unit] + (f" {measure.per:,}" if measure.unit == "rate" else ""),
        "schema:measurementTechnique": measure.revisions,
        "rdfs:comment": f"Better is: {rules.BETTER[measure.better].lower()}."
        + (f" Numbers below {measure.smallest} are not shown." if measure.smallest else ""),
        "tableSchema": {
            "columns": [
                {"name": name, "titles": title, "datatype": kind, "dc:description": what}
                for name, title, kind, what in COLUMNS
            ],
            "primaryKey": ["reference", "area", "period_starts"],
        },
    }
    return json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False, indent=1).encode()
