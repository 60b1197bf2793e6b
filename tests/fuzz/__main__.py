"""python -m tests.fuzz [--minutes M] [--only NAME] [--seed N] [--to FOLDER]: every reader in turn, in processes of their own.

Ends with 1 where anything was found; the inputs lie in the folder.
"""

import argparse
import sys
from pathlib import Path

from tests.fuzz.apart import one


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Mutated files for every reader")
    parser.add_argument("--minutes", type=float, default=5.0, help="for all readers together")
    parser.add_argument("--only", default="", help="readers by name, with commas between")
    parser.add_argument("--seed", type=int, default=1, help="another gives other inputs; the same gives the same")
    parser.add_argument("--to", default="var/fuzz", help="where inputs that found something are kept")
    given = parser.parse_args()
    from tests.fuzz.ready import targets

    chosen = given.only.split(",") if given.only else list(targets())
    folder = Path(given.to)
    folder.mkdir(parents=True, exist_ok=True)
    found, seconds = False, given.minutes * 60 / len(chosen)
    print(f"{'reader':<16}{'inputs':>10}{'read':>10}{'refused':>10}{'starved':>8}{'ways':>8}{'slowest':>9}  found")
    for name in chosen:
        told = one(name, seed=given.seed, seconds=seconds, folder=folder)
        found |= bool(told["finds"])
        print(
            f"{name:<16}{told['count']:>10,}{told['read']:>10,}{told['refused']:>10,}{told['starved']:>8,}{told['ways']:>8,}"
            f"{told['slowest']:>8.1f}s  {len(told['finds'])}",
            flush=True,
        )
        for what, file in told["finds"].items():
            print(f"    {what}  ({file})", flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
