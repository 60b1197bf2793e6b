"""The scripts that ask the API: a dashboard, a nightly file, and one whose token had to be revoked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from candour.config.demo.stage import Event, Stage
from candour.kernel.service.commands import make_token, note_use, revoke_token
from candour.kernel.service.models import ServiceToken

MONTH = 30  # days that a token of a trial lasts


@dataclass(frozen=True)
class Script:
    """A script with its token. post: on whose behalf. week: when it was made; used: when it last asked.

    lasts: days. revoked: the week, and why.
    """

    name: str
    post: str
    scopes: tuple[str, ...]
    week: int
    why: str
    lasts: int = 364
    used: int | None = None
    revoked: tuple[int, str] | None = None


SCRIPTS = (
    Script(
        *("Performance dashboard", "performance", ("measures:read", "plan:read"), 31),
        *("The Commissioner’s team opens it each month, once the newest figures are loaded",),
        used=1,
    ),
    Script(
        *("Trial of the risk register in a dashboard", "risk", ("risks:read",), 40),
        *("A month to see whether the force’s risks can stand beside its figures",),
        lasts=MONTH,
        used=37,
    ),
    Script(
        *("Nightly copy for the intranet", "policy", ("risks:read", "recommendations:read"), 24),
        *("The intranet shows owners what is due of theirs",),
        used=9,
        revoked=(8, "The supplier that ran the intranet has left, and its server was not handed back"),
    ),
)


def scripts(stage: Stage) -> list[Event]:
    """Tokens made, used and revoked, as events."""
    events = []
    for script in SCRIPTS:
        events.append(Event(stage.timeline.back(script.week * 7), 7, partial(_made, stage, script)))
        if script.used is not None:
            events.append(Event(stage.timeline.back(script.used * 7), 8, partial(_used, script)))
        if script.revoked:
            week, why = script.revoked
            events.append(Event(stage.timeline.back(week * 7), 7, partial(_revoked, stage, script, why)))
    return events


def _made(stage: Stage, script: Script, at: datetime) -> None:
    last = at.date() + timedelta(days=script.lasts)
    said = {"actor": stage.actor("admin", at), "at": at, "reason": script.why}
    make_token(stage.posts[script.post], name=script.name, scopes=script.scopes, expires_on=last, **said)  # type: ignore[arg-type]


def _used(script: Script, at: datetime) -> None:
    note_use(ServiceToken.objects.get(name=script.name), at=at)


def _revoked(stage: Stage, script: Script, why: str, at: datetime) -> None:
    token = ServiceToken.objects.get(name=script.name)
    revoke_token(token, actor=stage.actor("admin", at), at=at, reason=why)
