"""What a run of the tests leaves behind: nothing."""

import os
import subprocess
import sys
from pathlib import Path

RUN = """
import os
from pathlib import Path
import candour.config.settings_test
home = Path(os.environ["CANDOUR_HOME"])
if (child := os.fork()) == 0:
    raise SystemExit
os.waitpid(child, 0)
print(home.parent, home.is_dir())
"""


def run(folder: Path, **more: str) -> str:
    env = {name: value for name, value in os.environ.items() if name not in {"CANDOUR_HOME", "DATABASE_URL"}}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", RUN],
        env=env | {"TMPDIR": str(folder)} | more,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_folder_of_a_run_stands_while_it_lasts_and_goes_with_it(tmp_path: Path) -> None:
    assert run(tmp_path) == f"{tmp_path} True"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_given_is_left_to_whoever_gave_it(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    assert run(tmp_path, CANDOUR_HOME=str(given)) == f"{tmp_path} True"
    assert list(tmp_path.iterdir()) == [given]
