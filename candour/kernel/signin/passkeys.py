"""Passkeys (Web Authentication, W3C, Level 2), held to one site: what a browser is asked for, and whether its answer holds."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

LONGEST = 20_000  # signs of an answer; a browser's has about a thousand
NEEDED, UNASKED = UserVerificationRequirement.REQUIRED, UserVerificationRequirement.DISCOURAGED


class Wrong(ValueError):
    """An answer that does not hold. Whoever gave it is told no more than that."""


@dataclass(frozen=True)
class Site:
    """Where passkeys are good: the host to which they are bound, and the origin that a browser must name, port included."""

    host: str
    origin: str


@dataclass(frozen=True)
class Asked:
    """What a browser is asked for (JSON), and the challenge in it, 32 random bytes in base64url."""

    options: str
    challenge: str


@dataclass(frozen=True)
class Made:
    """A passkey that was made. key: what is kept of it, no secret, in base64url; count: of its uses, 0 where it keeps none."""

    key: str
    number: str
    count: int
    verified: bool
    discoverable: bool


@dataclass(frozen=True)
class Used:
    """A passkey that was used. verified: whether it made sure who used it, by a PIN, a finger or a face."""

    number: str
    count: int
    verified: bool


def ask_to_make(site: Site, *, handle: str, username: str, name: str, keys: Iterable[str]) -> Asked:
    """Ask for a new passkey. handle: by which a passkey finds its person; keys: those that they have, not to be made twice."""
    user = PublicKeyCredentialUserEntity(name=username, id=handle.encode(), display_name=name)
    options, state = _server(site).register_begin(
        user,
        [_key(each) for each in keys],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
        extensions={"credProps": True},
    )
    return Asked(json.dumps(dict(options)), state["challenge"])


def ask_to_use(site: Site, *, keys: Iterable[str] | None, verified: bool) -> Asked:
    """Ask for one of some passkeys; keys None: for any that the browser knows for the site."""
    known = None if keys is None else [_key(each) for each in keys]
    options, state = _server(site).authenticate_begin(known, user_verification=NEEDED if verified else UNASKED)
    return Asked(json.dumps(dict(options)), state["challenge"])


def made(site: Site, answer: str, *, challenge: str) -> Made:
    """The passkey of an answer to ask_to_make. Raises Wrong."""
    try:
        given = RegistrationResponse.from_dict(_read(answer))
        data = _server(site).register_complete({"challenge": challenge, "user_verification": UNASKED}, given)
    except Exception as error:  # the library raises whatever the bytes of a stranger happen to break
        raise Wrong("The passkey that was made does not hold") from error
    credential = data.credential_data
    if credential is None:
        raise Wrong("No passkey was made")
    told: Any = given.client_extension_results
    properties: Any = told.get("credProps") if isinstance(told, Mapping) else None
    stays = properties.get("rk") if isinstance(properties, Mapping) else None
    return Made(
        key=_words(bytes(credential)),
        number=_words(credential.credential_id),
        count=data.counter,
        verified=data.is_user_verified(),
        discoverable=stays is not False,
    )


def handle_of(answer: str) -> str:
    """By which handle the passkey of an answer finds its person; "" where it says none. Nothing is believed yet."""
    try:
        return (AuthenticationResponse.from_dict(_read(answer)).response.user_handle or b"").decode()
    except Exception:
        return ""


def used(site: Site, answer: str, *, challenge: str, keys: Iterable[str], verified: bool) -> Used:
    """Which of some passkeys an answer to ask_to_use is of: signed by it, for this site and challenge. Raises Wrong."""
    state = {"challenge": challenge, "user_verification": NEEDED if verified else UNASKED}
    try:
        given = AuthenticationResponse.from_dict(_read(answer))
        found = _server(site).authenticate_complete(state, [_key(each) for each in keys], given)
    except Exception as error:
        raise Wrong("The passkey does not hold") from error
    data = given.response.authenticator_data
    return Used(_words(found.credential_id), data.counter, data.is_user_verified())


def _server(site: Site) -> Fido2Server:
    return Fido2Server(
        PublicKeyCredentialRpEntity(name="Candour", id=site.host), verify_origin=lambda origin: origin == site.origin
    )


def _read(answer: str) -> Any:
    if len(answer) > LONGEST:
        raise Wrong("The answer is too long")
    return json.loads(answer)


def _key(words: str) -> AttestedCredentialData:
    return AttestedCredentialData(websafe_decode(words))


def _words(content: bytes) -> str:
    return websafe_encode(content)
