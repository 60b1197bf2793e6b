"""What stops a server at its start says in one sentence how to mend it."""

import os
import subprocess
import sys
from pathlib import Path


def test_a_home_that_cannot_be_written_stops_the_server_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    home = tmp_path / "file" / "home"
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}}
    environment = kept | {"CANDOUR_HOME": str(home), "CANDOUR_SECRET_KEY": "k" * 64, "CANDOUR_HOSTS": "127.0.0.1"}
    command = [sys.executable, "-m", "candour", "serve", "--port", "1"]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    said = "candour: CANDOUR_HOME must be a folder that the service’s user can write to: [Errno 20] Not a directory: "
    assert (ended.returncode, ended.stderr) == (2, f"{said}'{home}/counts'\n")
