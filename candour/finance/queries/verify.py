"""What verify asks of loads: do the figures still have the root that the history holds?"""

from candour.finance.models import Figure, Load
from candour.finance.queries.amounts import COLUMNS
from candour.kernel.history.roots import Root


def first_failure() -> str:
    """The first load of finance whose figures are not those that were loaded, in words; "" when all are. Streams."""
    for load in Load.objects.order_by("pk").iterator():
        root = Root()
        rows = Figure.objects.filter(load=load).order_by("record", "part", "line", "year", "what")
        for row in sorted(rows.values_list(*COLUMNS)):  # as Python sorts text, on both databases
            root.add(row)
        if (root.count, root.hexdigest()) != (load.figures, load.root):
            return f"{load} of finance: its figures are not those that were loaded"
    return ""
