"""A passkey in Python: it makes keys and signs as a browser and its authenticator do (Web Authentication, Level 2)."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from struct import pack
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

ORIGIN, HOST = "http://testserver", "testserver"
PRESENT, VERIFIED, ATTESTED = 1, 4, 64


@dataclass
class Passkey:
    """One passkey. verified: it makes sure who uses it; counts: it counts its uses; stays: it is found without a user name."""

    verified: bool = True
    counts: bool = True
    stays: bool = True
    origin: str = ORIGIN
    host: str = HOST
    count: int = 0
    handle: str = ""
    number: bytes = field(default_factory=lambda: token_bytes(16))
    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: str) -> str:
        """What a browser answers when it is asked for a new passkey."""
        asked = json.loads(options)["publicKey"]
        self.handle = asked["user"]["id"]
        public = cbor.encode(ES256.from_cryptography_key(self.key.public_key()))
        credential = bytes(16) + pack(">H", len(self.number)) + self.number + public
        data = self._data(ATTESTED) + credential
        statement = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._said({"attestationObject": websafe_encode(statement)}, "webauthn.create", asked)

    def use(self, options: str, **instead: Any) -> str:
        """What a browser answers when it is asked for a passkey. instead: parts of the answer put in by hand."""
        asked = json.loads(options)["publicKey"]
        self.count += self.counts
        data = self._data(0)
        client = self._client("webauthn.get", asked)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": self.handle,
        }
        return self._said(response | instead, "webauthn.get", asked)

    def knows(self, options: str) -> bool:
        """Whether a page asks for this passkey among others."""
        asked = json.loads(options)["publicKey"]
        return websafe_encode(self.number) in [each["id"] for each in asked.get("allowCredentials", [])]

    def _data(self, more: int) -> bytes:
        flags = PRESENT | (VERIFIED if self.verified else 0) | more
        return sha256(self.host.encode()).digest() + pack(">BI", flags, self.count)

    def _client(self, kind: str, asked: Any) -> bytes:
        said = {"type": kind, "challenge": asked["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _said(self, response: dict[str, str], kind: str, asked: Any) -> str:
        number = websafe_encode(self.number)
        return json.dumps(
            {
                "id": number,
                "rawId": number,
                "type": "public-key",
                "clientExtensionResults": {"credProps": {"rk": self.stays}},
                "response": response | {"clientDataJSON": websafe_encode(self._client(kind, asked))},
            }
        )
