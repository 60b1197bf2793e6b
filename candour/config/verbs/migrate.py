"""candour migrate: the tables made, or brought up to date, with nothing put into them."""

import argparse

from candour.config.verbs import ready


def run(arguments: argparse.Namespace) -> int:
    """2 where the database does not answer, or refuses. Each step is whole or not done at all, and can be run again."""
    ready.set_up()
    from django.db import DatabaseError

    from candour.config.backup.make import applied

    try:
        ready.tables()
        print(f"The tables are at this version, made by {len(applied())} steps")
    except (DatabaseError, OSError) as error:
        return ready.refuse(f"the tables could not be made: {(str(error).strip().splitlines() or ['?'])[0]}")
    return 0
