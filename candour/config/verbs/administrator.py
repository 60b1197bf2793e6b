"""candour administrator: the first person of a body, who sets up everybody else on the pages."""

import argparse
import sys
from getpass import getpass

from django.utils import timezone

from candour.config.verbs import ready


def run(arguments: argparse.Namespace) -> int:
    """0 where it is done; 2 where the body has an administrator, or an answer is refused: nothing is written then."""
    ready.database()
    from candour.kernel.establishment.commands import AlreadySetUp, set_up_first
    from candour.kernel.rules import Refused

    password = None if arguments.no_password else _password()
    if password == "":
        return ready.refuse("no password was given; --no-password where sign-in is outside Candour")
    try:
        person = set_up_first(
            body=arguments.body,
            short_name=arguments.short_name or arguments.body,
            code=arguments.code,
            kind=arguments.kind,
            post=arguments.post,
            username=arguments.user,
            name=arguments.name,
            email=arguments.email,
            password=password,
            at=timezone.now(),
        )
    except AlreadySetUp as already:
        return ready.refuse(f"{already} has an administrator, who adds people on the pages")
    except Refused as refused:
        return ready.refuse(refused.message)
    print(f"{person.name} may sign in as {person.username}, and administers {arguments.body}")
    return 0


def _password() -> str:
    """From the keyboard, unseen and twice; from the input where that is no keyboard. "" where the two differ."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass("Password: ")
    return first if getpass("The same again: ") == first else ""
