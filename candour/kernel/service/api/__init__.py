"""What the api.py of every app shares: who asks, what they ask for, how rows become answers, how writes are made once."""

from candour.kernel.service.api.asked import (
    AnyDay,
    Asked,
    Day,
    Listed,
    Listing,
    Number,
    Searched,
    asked_of,
    choice,
    day_of,
    order,
)
from candour.kernel.service.api.auth import entered
from candour.kernel.service.api.problems import REFUSALS, Problem, Stopped
from candour.kernel.service.api.register import (
    ONE,
    Found,
    Register,
    found_at,
    found_on,
    page_out,
    page_shape,
    routes,
    there,
)
from candour.kernel.service.api.shapes import In, Named, Out, RowOut, Text, WholeOut
from candour.kernel.service.api.writing import WRITES, Write, Written, write, written

__all__ = [
    "ONE",
    "REFUSALS",
    "WRITES",
    "AnyDay",
    "Asked",
    "Day",
    "Found",
    "In",
    "Listed",
    "Listing",
    "Named",
    "Number",
    "Out",
    "Problem",
    "Register",
    "RowOut",
    "Searched",
    "Stopped",
    "Text",
    "WholeOut",
    "Write",
    "Written",
    "asked_of",
    "choice",
    "day_of",
    "entered",
    "found_at",
    "found_on",
    "order",
    "page_out",
    "page_shape",
    "routes",
    "there",
    "write",
    "written",
]
