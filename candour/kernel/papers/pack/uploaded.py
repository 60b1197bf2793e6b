"""A Word file of a pack as a paper that the PDF can be set from. Pure Python."""

from dataclasses import replace

from candour.kernel.papers.document import Document, Note, Paragraph, link, para, words

from .front import pictures
from .parts import Front, Part, Upload


def as_paper(front: Front, part: Part, upload: Upload) -> Document:
    """The words of an uploaded Word file under the heading that the pack gives it."""
    assert upload.words is not None  # noqa: S101  # nosec B101
    more = f", with {pictures(upload)}" if upload.pictures else ""
    told = Note(words("Set from the Word file ", link(upload.name, upload.link), f": its words and tables{more}."))
    return replace(
        upload.words,
        title=part.heading,
        body_name=front.body_name,
        subtitle="",
        marking=part.marking,
        draft=False,
        blocks=(told, *upload.words.blocks, *running(upload)),
        date=front.date,
        language=front.language,
    )


def running(upload: Upload) -> tuple[Paragraph, ...]:
    """What the pages of the Word file say at their head and foot, which those of the pack do not."""
    return (para(f"At the head and foot of its pages: {upload.running}."),) if upload.running else ()
