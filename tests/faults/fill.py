"""What every fault test begins with, put into the database of DATABASE_URL: `python -m tests.faults.fill` prints who may enter.

The house of the other tests with ten risks, and letters to a post that has an address. Prints one JSON object: the cookie of
a session by user name.
"""

import json
import os

import django

RISKS = 10


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "candour.config.settings")
    django.setup()
    from django.conf import settings
    from django.test import Client

    from candour.kernel.people.models import Person
    from tests.factories import a_risk, build_house
    from tests.history.tamper import plain

    house = build_house()
    for number in range(RISKS):
        a_risk(house, reference=f"F{number:02}")
    plain(Person).filter(username="chief").update(email="chief@mereford.example")
    found = {}
    for name in ("policy", "chief", "owner"):
        client = Client()
        client.force_login(house.people[name])
        found[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    print(json.dumps(found))


if __name__ == "__main__":
    main()
