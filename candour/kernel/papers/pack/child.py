"""The child process that handles PDFs, under a limit of memory and of time (candour.kernel.child).

Standard input is as wire.py writes it, {"job": "look"|"said"|"merge", ...} and files. The answer of "look" and "said" is JSON,
of "merge" the pack. Refuses a file in words that name it.
"""

import gc
import json
import sys

from candour.kernel.child import REFUSED, STARVED, limited
from candour.kernel.papers.pack.wire import unpacked


def main() -> int:
    limited()
    from candour.kernel.papers.pack import look, merge

    head, files = unpacked(sys.stdin.buffer.read())
    gc.disable()  # one pack, and then the end
    try:
        if head["job"] == "look":
            found = [look.look(content, **told) for told, content in zip(head["files"], files, strict=True)]
            sys.stdout.buffer.write(json.dumps(found).encode())
        elif head["job"] == "said":
            sys.stdout.buffer.write(json.dumps([look.said(content) for content in files]).encode())
        else:
            sys.stdout.buffer.write(merge.merged(head, files))
    except look.Refused as refused:
        sys.stderr.write(f"{MARK}{refused}")
        return REFUSED
    except MemoryError:
        return STARVED
    return 0


MARK = "Refused: "  # before words that a person is told; anything else on standard error is for whoever runs the server

if __name__ == "__main__":
    sys.exit(main())
