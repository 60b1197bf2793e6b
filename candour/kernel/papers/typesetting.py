"""Runs the typesetter in a process of its own, so that no paper can take the memory or the time of the server."""

import base64
import json
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from candour.kernel.child import ChildFailed, ChildStarved, run_child

MEMORY = 4 * 1024**3  # bytes of address space; a paper of 1,000 records in full takes 2
SECONDS = 60

_FONT_PACKAGE = "font_source_sans_pro"


class PaperFailed(Exception):
    """The paper could not be set; the message says why."""


class PaperTooLarge(PaperFailed):
    """The paper needs more memory or more time than a paper may take."""


def set_pdf(
    data: object, *, date: int, memory: int = MEMORY, seconds: int = SECONDS, template: str = "paper.typ"
) -> bytes:
    """data as JSON through a template of typst/. date: seconds since 1970, the date that the file bears."""
    text = json.dumps(data, ensure_ascii=False)
    return _run("pdf", template, [text], date=date, memory=memory, seconds=seconds)


def set_pngs(svgs: list[str], *, memory: int = MEMORY, seconds: int = SECONDS) -> list[bytes]:
    """Each SVG as a PNG at 220 dots an inch, on white."""
    if not svgs:
        return []
    found = json.loads(_run("png", "figure.typ", svgs, date=0, memory=memory, seconds=seconds))
    return [base64.b64decode(png) for png in found]


def _run(job: str, template: str, inputs: list[str], *, date: int, memory: int, seconds: int) -> bytes:
    source = files("candour.kernel.papers").joinpath("typst", template).read_text(encoding="utf-8")
    request = {"job": job, "template": source, "inputs": inputs, "fonts": _fonts(), "date": date}
    given = json.dumps(request).encode()
    try:
        return run_child("candour.kernel.papers.typesetter", given=given, memory=memory, seconds=seconds)
    except ChildStarved as error:
        raise PaperTooLarge(f"the paper needs {error} to set") from error
    except ChildFailed as error:
        raise PaperFailed(f"the paper could not be set: {str(error)[-500:]}") from error


def _fonts() -> str:
    """The folder of our sans; "" without it, and then the machine's own sans is used."""
    spec = find_spec(_FONT_PACKAGE)
    places = list(spec.submodule_search_locations or []) if spec else []
    folder = Path(places[0]) / "files" if places else None
    return str(folder) if folder and folder.is_dir() else ""
