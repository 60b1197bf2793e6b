"""python -m tests.intake_quality: recall and precision of the findings for each form, as a table for the documentation."""

import os
import sys
from time import monotonic

from .forms import FORMS
from .measure import measure

EVERY = {
    "pdf": 7
}  # of the papers every so manieth, prime to the layouts, scales and looks: setting and reading takes long


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "candour.config.settings")
    print("| form | clean papers | rows | false findings | planted | kinds | found | recall | precision | seconds |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    wrong = 0
    for form in FORMS:
        start = monotonic()
        one = measure(form, every=EVERY.get(form, 1))
        wrong += len(one.false) + len(one.missed) + len(one.beside)
        print(
            f"| {form} | {one.clean} | {one.rows} | {len(one.false)} | {one.planted.total()} | {len(one.planted)} | {one.found}"
            f" | {one.recall:.1%} | {one.precision:.1%} | {monotonic() - start:.0f} |"
        )
        for kind, name in one.missed[:10]:
            print(f"missed: {kind} ({name})", file=sys.stderr)
        for name, finding in [*one.false[:10], *one.beside[:10]]:
            print(f"false: {finding.code} {finding.reference} {finding.says} ({name})", file=sys.stderr)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
