"""Making a token, revoking it, and noting that it was used."""

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from candour.kernel.access import Actor, require
from candour.kernel.access.models import Grant
from candour.kernel.calendar import local_date, say_date
from candour.kernel.establishment.guard import need_no_more, standing_from
from candour.kernel.history.recording import recording
from candour.kernel.people.models import Post
from candour.kernel.rules import Refused, need_reason
from candour.kernel.service import rules
from candour.kernel.service.access import ServicePermission
from candour.kernel.service.models import ServiceToken, TokenUse
from candour.kernel.service.queries import BEGINS, digest_of
from candour.kernel.service.scopes import scopes as known_scopes


def make_token(
    post: Post, *, name: str, scopes: Collection[str], expires_on: date, actor: Actor, at: datetime, reason: str
) -> tuple[ServiceToken, str]:
    """A new token of a post, and the token itself, which nothing can show again.

    Raises Refused without a name, a scope or a reason, for a post that has ended or that may do what the actor may not, and
    for a last day that has passed or lies more than a year away.
    """
    require(actor, ServicePermission.MANAGE, post)
    why, day = need_reason(reason, "Say what the token is for"), local_date(at)
    if not name.strip():
        raise Refused("name", "Enter a name: it stands in the history beside whatever the token writes")
    if not scopes or set(scopes) - set(known_scopes()):
        raise Refused("scopes", "Choose what the token may read or write")
    if post.ended is not None:
        raise Refused("post", f"{post.title} ended on {say_date(post.ended)}: choose the post that took over")
    last = day + timedelta(days=rules.LONGEST)
    if not day <= expires_on <= last:
        raise Refused("expires_on", f"Enter a last day from {say_date(day)} to {say_date(last)}")
    given = Grant.objects.filter(standing_from(day), post=post).values_list("role", "organisation")
    need_no_more(actor, given, field="post", doing="make a token for this post")
    token = BEGINS + secrets.token_urlsafe(32)
    with recording("service.token_made", post, actor=actor, at=at, reason=why):
        made = ServiceToken.objects.create(
            post=post,
            name=name.strip(),
            scopes=" ".join(scope for scope in known_scopes() if scope in scopes),
            digest=digest_of(token),
            ending=token[-4:],
            made_on=day,
            expires_on=expires_on,
        )
    return made, token


def revoke_token(token: ServiceToken, *, actor: Actor, at: datetime, reason: str) -> ServiceToken:
    """The token opens nothing from now on. Raises Refused without a reason, or for one that was revoked already."""
    require(actor, ServicePermission.MANAGE, token.post)
    why = need_reason(reason, "Say why it is revoked")
    with recording("service.token_revoked", token.post, actor=actor, at=at, reason=why):
        token.refresh_from_db(fields=["revoked_on"])
        if token.revoked_on is not None:
            raise Refused("reason", f"It was revoked on {say_date(token.revoked_on)}")
        token.revoked_on = local_date(at)
        token.save()
    return token


def note_use(token: ServiceToken, *, at: datetime) -> None:
    """Note that a token is used, once a minute at most: reading must not cost a write each time."""
    use = getattr(token, "use", None)
    if use is None or at - use.last_used >= timedelta(minutes=1):
        TokenUse.objects.update_or_create(token=token, defaults={"last_used": at})
