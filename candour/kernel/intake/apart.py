"""The child process that reads a paper: whatever is wrong with a file, it is wrong in here (candour.kernel.child).

Standard input is the file, the arguments its name and the sheets that are wanted, all where none is named; standard
output is the document as wire.py writes it, or {"refused": what to tell the person}.
"""

import gc
import json
import sys
import traceback

from candour.kernel.child import STARVED, limited
from candour.kernel.intake.document import UnreadableFile
from candour.kernel.intake.sniff import read_here
from candour.kernel.intake.wire import packed


def main() -> int:
    name, *sheets = limited()
    gc.disable()  # one file, and then the end
    try:
        answer = packed(read_here(sys.stdin.buffer.read(), name, sheets=sheets))
    except UnreadableFile as refused:
        answer = json.dumps({"refused": str(refused)}).encode()
    except MemoryError:
        return STARVED
    except Exception:
        # a library that stumbles over a file: the person is told, whoever runs the server finds the words in its log
        traceback.print_exc()
        told = f"{name or 'The file'} is damaged or unusual: it could not be read to its end. Save it anew, or in another form."
        answer = json.dumps({"refused": told}).encode()
    sys.stdout.buffer.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
