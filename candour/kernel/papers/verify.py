"""What verify asks of issued papers: does each frozen document still have its fingerprint, and its root a seal?"""

from candour.kernel.history.models import Seal
from candour.kernel.papers.canonical import fingerprint, from_json
from candour.kernel.papers.models import IssuedPaper


def first_failure() -> str:
    """The first issued paper that is not what was issued, in words; "" when all are. Reads one document at a time."""
    roots = set(Seal.objects.values_list("root", flat=True))
    for paper in IssuedPaper.objects.order_by("pk").iterator(chunk_size=20):
        try:
            found = fingerprint(from_json(paper.document))
        except ValueError:
            found = ""
        if found != paper.fingerprint:
            return f"issued paper {paper}: its text is not the one that was issued"
        if paper.seal_root and paper.seal_root not in roots:
            return f"issued paper {paper}: the seal that it prints is gone"
    return ""
