"""The world of tests/everywhere, asked by scripts."""

from tests.everywhere.conftest import quiet, standing, world

__all__ = ["quiet", "standing", "world"]
