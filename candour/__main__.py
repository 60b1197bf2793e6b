"""`python -m candour` is the same command as `candour`."""

from candour.config.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
