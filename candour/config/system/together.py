"""Where the processes of one server count together. Imports nothing that counts, as that looks at the folder when imported."""

import os
import shutil
from pathlib import Path

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # where the library keeps what each process counted


def count_together(home: Path) -> None:
    """Have the processes of this server count in one place, begun anew. Before anything that counts is imported."""
    folder = home / "counts"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ.setdefault(FOLDER, str(folder))
