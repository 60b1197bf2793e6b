"""candour break-glass: an administrator for one hour, when nobody else can come in."""

import argparse

from django.utils import timezone

from candour.config.verbs import ready


def run(arguments: argparse.Namespace) -> int:
    """0 with the address that opens once, within an hour; 2 where it is refused. Each administrator is written to."""
    ready.database()
    from django.conf import settings
    from django.urls import reverse

    from candour.kernel.people.models import Organisation
    from candour.kernel.rules import Refused
    from candour.kernel.signin.commands import break_glass

    body = Organisation.objects.filter(code=arguments.body).first()
    if body is None:
        known = ", ".join(Organisation.objects.order_by("code").values_list("code", flat=True)) or "none yet"
        return ready.refuse(f"no body has the code {arguments.body!r}; there are: {known}")
    try:
        token = break_glass(body, at=timezone.now(), reason=arguments.reason)
    except Refused as refused:
        return ready.refuse(refused.message)
    print(f"{settings.SITE}{reverse('sign-in-link', args=[token])}")
    print("It opens once, within an hour, and the sign-in ends with that hour. Each administrator is written to.")
    return 0
