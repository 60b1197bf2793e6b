"""Every address of the API, asked for any record by any script."""

from datetime import timedelta
from urllib.parse import quote

from django.utils import timezone

from candour.kernel.service.models import ServiceToken, TokenUse
from tests.api.factories import Script, script
from tests.everywhere.asking import API, Answer, ask
from tests.everywhere.world import NEVER, Target, World

LISTS = sorted(
    name
    for name in API
    if name != "api-root" and not API[name].pattern.converters and "GET" in API[name].callback.page.methods
)
ONES = sorted(name for name in API if name.endswith("-one") and "reference" in API[name].pattern.converters)
HISTORIES = sorted(name for name in API if name.endswith("-history"))
WRITES = sorted(name for name in API if "POST" in API[name].callback.page.methods)
# What a meeting is called, and the number of a decision, are not those of the record that a target is.
OF_TARGETS = [name for name in ONES if name != "api-meetings-one"]
SCOPES = {
    "risk": "risks", "risks": "risks", "recommendation": "recommendations", "figures": "measures", "plans": "plan",
    "activities": "plan", "providers": "agreements", "rounds": "agreements", "meetings": "boards", "decisions": "boards",
    "board": "boards", "action": "actions", "budgets": "finance", "savings": "finance", "capital": "finance",
    "projects": "finance", "collaborations": "finance",
}  # fmt: skip


def scope_of(name: str) -> str:
    """The scope that an address asks for: by the part of its name after "api-", and by what it takes."""
    part = name.split("-")[1]
    return f"{SCOPES.get(part, part)}:{'write' if name in WRITES else 'read'}"


def path_of(name: str, target: Target | None = None, number: int = NEVER) -> str:
    """The path of an address below /api/v1/, for a record where it takes one."""
    path = str(API[name].pattern).removeprefix("v1/")
    known = {"<path:reference>": "", "<organisation>": "", "<kind>": "risk", "<int:number>": str(number)}
    if target is not None:
        known |= {"<path:reference>": quote(target.reference, safe="/"), "<organisation>": target.organisation}
    for placeholder, value in known.items():
        path = path.replace(placeholder, value)
    return path


def read(asking: Script, path: str) -> Answer:
    """A question of a script, with how many queries it took."""
    asking.client.defaults["HTTP_AUTHORIZATION"] = asking.headers["authorization"]
    return ask(asking.client, "GET", f"/api/v1/{path}")


def scripts_of(world: World, *names: str) -> dict[str, Script]:
    """A script for each of some posts, with every scope. Their use is noted, for longer than a test takes: once a minute
    it costs a write, which would be counted."""
    found = {name: script(world.house.posts[name]) for name in names}
    later = timezone.now() + timedelta(days=1)
    TokenUse.objects.bulk_create(
        TokenUse(token=token, last_used=later) for token in ServiceToken.objects.filter(use=None)
    )
    return found
