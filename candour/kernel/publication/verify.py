"""What verify asks of publications: does each frozen document still have its fingerprint, and its root a seal?"""

import hashlib

from candour.kernel.history.models import Seal
from candour.kernel.papers.canonical import fingerprint, from_json
from candour.kernel.publication.models import Published, PublishedFile


def first_failure() -> str:
    """The first publication that is not what went out, in words; "" when all are. Reads one document at a time."""
    roots = set(Seal.objects.values_list("root", flat=True))
    for row in Published.objects.order_by("pk").iterator(chunk_size=20):
        try:
            found = fingerprint(from_json(row.document))
        except ValueError:
            found = ""
        if found != row.fingerprint:
            return f"publication {row}: its text is not the one that was published"
        if row.seal_root and row.seal_root not in roots:
            return f"publication {row}: the seal that it prints is gone"
    for file in PublishedFile.objects.select_related("published").order_by("pk").iterator(chunk_size=20):
        if hashlib.sha256(bytes(file.content)).hexdigest() != file.sha256:
            return f"publication {file.published}: the file {file.name} is not the one that was published"
    return ""
