"""What is kept in the place of what must not be: of a user name or an address a digest, of a token another."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from django.utils.crypto import salted_hmac

ABOUT = "signin-link"  # what letters with such a link are about


def digest(words: str) -> str:
    """What is kept in the place of a user name or an address."""
    return salted_hmac("candour.signin.throttle", words, algorithm="sha256").hexdigest()


def token_of(seed: str) -> str:
    """The token of a link, from its seed and the key of the installation: 256 bits, 43 signs."""
    made = salted_hmac("candour.signin.link", seed, algorithm="sha256").digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()
