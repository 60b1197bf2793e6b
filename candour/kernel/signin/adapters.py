"""What django-allauth is told of Candour: no sign-up of its own, secrets encrypted, errors in our words."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac

PROVIDER = "directory"
FAILED = "Your organisation’s sign-in did not finish: try again. If it happens again, tell an administrator"


class SecondStepAdapter(DefaultMFAAdapter):
    """The secret of an authenticator app, and the seed of recovery codes, are encrypted with a key of the installation's."""

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return "Candour"


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """One provider, told by the environment; nobody signs up."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        told = settings.DIRECTORY
        if not told["issuer"]:
            return []
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=PROVIDER,
                name=told["name"],
                client_id=told["client"],
                secret=told["secret"],
                settings={"server_url": told["issuer"], "fetch_userinfo": False, "oauth_pkce_enabled": True},
            )
        ]

    def get_requests_session(self) -> Any:
        """What is asked of the provider goes to the provider: an answer that leads elsewhere is none."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def on_authentication_error(self, request: HttpRequest, provider: Any, **more: Any) -> None:
        messages.error(request, FAILED)
        raise ImmediateHttpResponse(redirect("sign-in"))


def _box() -> Fernet:
    key = salted_hmac("candour.signin.second", "", algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(sha256(key).digest()))
