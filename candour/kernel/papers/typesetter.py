"""The child process that sets type: typst under a limit of memory and of time (candour.kernel.child).

Standard input is one JSON object {"job": "pdf"|"png", "template": str, "inputs": [str], "fonts": str, "date": int};
standard output is the PDF or a JSON list of PNGs in base64. Refuses where typst does, in typst's words.
"""

import base64
import json
import re
import sys
from typing import Any

from candour.kernel.child import REFUSED, STARVED, limited

LATIN = 0x250  # below this every font that we use has every character
UNPRINTABLE = re.compile(r"the text `?(.+?)`? could not be displayed", re.DOTALL)


def main() -> int:
    limited()
    import typst

    job = json.load(sys.stdin)
    fonts = typst.Fonts(
        include_system_fonts=not job["fonts"],  # with our own font the paper comes out the same on every machine
        include_embedded_fonts=True,
        font_paths=[job["fonts"]] if job["fonts"] else [],
    )
    try:
        sys.stdout.buffer.write(pdf(job, fonts) if job["job"] == "pdf" else pngs(job, fonts))
    except typst.TypstError as error:
        sys.stderr.write(str(error.message))
        return REFUSED
    except MemoryError:
        return STARVED
    return 0


def pdf(job: dict, fonts: Any) -> bytes:
    """PDF/UA-1. A character that no font has is printed as its code in brackets: never a box, never left out."""
    import typst

    text = job["inputs"][0]
    text = text.translate(unknown({character for character in text if ord(character) >= LATIN}, fonts))
    for _attempt in range(20):
        try:
            return compiled(job["template"], text, fonts, format="pdf", pdf_standards="ua-1", timestamp=job["date"])
        except typst.TypstError as error:
            found = UNPRINTABLE.search(error.message)
            if not found:
                raise
            text = text.translate({ord(character): code(character) for character in found[1] if ord(character) > 126})
    return compiled(job["template"], text, fonts, format="pdf", pdf_standards="ua-1", timestamp=job["date"])


def pngs(job: dict, fonts: Any) -> bytes:
    found = [compiled(job["template"], svg, fonts, format="png", ppi=220) for svg in job["inputs"]]
    return json.dumps([base64.b64encode(png).decode() for png in found]).encode()


def unknown(characters: set[str], fonts: Any) -> dict[int, str]:
    """Those characters that no font has, each with what is printed for it."""
    import typst

    template = '#set document(title: "x")\n#set text(font: ("Source Sans Pro", "DejaVu Sans Mono"))\n'
    template += "#for word in json(bytes(sys.inputs.data)) { word + [ ] }"
    left, table = sorted(characters), {}
    while left:
        try:
            compiled(template, json.dumps(left), fonts, format="pdf", pdf_standards="ua-1", timestamp=0)
            break
        except typst.TypstError as error:
            found = UNPRINTABLE.search(error.message)
            missing = [character for character in left if found and character in found[1]] or left
            table.update({ord(character): code(character) for character in missing})
            left = [character for character in left if character not in missing]
    return table


def code(character: str) -> str:
    return f"[U+{ord(character):04X}]"


def compiled(template: str, data: str, fonts: Any, **options: Any) -> bytes:
    import typst

    return typst.compile(
        template.encode(), font_paths=fonts, ignore_system_fonts=False, sys_inputs={"data": data}, **options
    )


if __name__ == "__main__":
    sys.exit(main())
