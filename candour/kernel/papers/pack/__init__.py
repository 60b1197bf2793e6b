"""The pack of a meeting: its papers as one PDF and one Word file, with numbers of pages that never change."""

from .changes import Difference, difference, said
from .parts import Front, Held, NotAccessible, Pack, PackRefused, Part, Upload, Version
from .pdf import compile_pdf, supplement
from .word import compile_word

__all__ = [
    "Difference",
    "Front",
    "Held",
    "NotAccessible",
    "Pack",
    "PackRefused",
    "Part",
    "Upload",
    "Version",
    "compile_pdf",
    "compile_word",
    "difference",
    "said",
    "supplement",
]
