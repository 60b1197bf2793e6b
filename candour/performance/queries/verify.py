"""What verify asks of loads: do the figures still have the root that the history holds?"""

from candour.performance.models import Load, Observation, PeerFigure
from candour.performance.queries.roots import COLUMNS, OTHERS, PEER_COLUMNS, Root


def first_failure() -> str:
    """The first load whose figures are not those that were loaded, in words; "" when all are. Streams."""
    for load in Load.objects.order_by("pk").iterator():
        root = Root()
        rows = Observation.objects.filter(load=load).order_by("pk")  # as they were written: no collation has a say
        for row in rows.values_list(*COLUMNS).iterator(chunk_size=5000):
            root.add(row)
        peers = PeerFigure.objects.filter(load=load).order_by("pk")
        for row in peers.values_list(*PEER_COLUMNS).iterator(chunk_size=5000):
            root.add((OTHERS, *row))
        if (root.count, root.hexdigest()) != (load.figures, load.root):
            return f"{load}: its figures are not those that were loaded"
    return ""
