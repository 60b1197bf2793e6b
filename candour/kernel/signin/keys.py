"""What is kept in the place of what must not be: of a user name or an address a digest, of a token another."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from django.utils.crypto import constant_time_compare, salted_hmac

ABOUT = "signin-link"  # what letters with such a link are about
GLASS = "break-glass."  # with which the user name of a break-glass sign-in begins


def digest(words: str) -> str:
    """What is kept in the place of a user name or an address."""
    return salted_hmac("candour.signin.throttle", words, algorithm="sha256").hexdigest()


def token_of(seed: str) -> str:
    """The token of a link, from its seed and the key of the installation: 256 bits, 43 signs."""
    made = salted_hmac("candour.signin.link", seed, algorithm="sha256").digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


def handle_of_person(number: int) -> str:
    """By which a passkey finds its person: the number and a proof that it is ours, so that nobody reads people from it."""
    return f"{number}.{salted_hmac('candour.signin.passkey', str(number), algorithm='sha256').hexdigest()[:32]}"


def person_of_handle(handle: str) -> int:
    """The number of the person of such a handle; 0 where it is none of ours."""
    said = handle.partition(".")[0]
    number = int(said) if said.isdecimal() and len(said) < 19 else 0
    return number if number and constant_time_compare(handle, handle_of_person(number)) else 0


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()
