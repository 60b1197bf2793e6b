"""Letters put into the outbox of the database of DATABASE_URL: `python -m tests.faults.letters NUMBER`."""

import os
import sys

import django


def main(number: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "candour.config.settings")
    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from candour.kernel.notices.commands import Letter, write
    from candour.kernel.people.models import Post

    post = Post.objects.get(title="Chief Executive")
    with transaction.atomic():
        write([Letter(f"test:{n}", post, f"Letter {n}", "It is due") for n in range(number)], at=timezone.now())


if __name__ == "__main__":
    main(int(sys.argv[1]))
