"""One letter as e-mail, and how a server answers to it."""

import smtplib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.crypto import salted_hmac

from candour.kernel.notices.models import Notice
from candour.kernel.notices.rules import status_in


@dataclass(frozen=True)
class Refusal:
    """That an address did not get a letter: its enhanced status code and the words of the server. See models.Returned."""

    address: str
    status: str
    said: str
    kind: str = "failed"


def number_of(key: str) -> str:
    """The number of a letter in its Message-ID. Keyed: nobody outside can name a letter that they were not sent.

    It is the same at each try, so that a letter taken twice by a server that broke off is shown once.
    """
    return salted_hmac("candour.notices.message", key, algorithm="sha256").hexdigest()[:32]


def posted(notice: Notice, path: str, address: str, server: Any) -> Refusal | None:
    """Tell the server of a letter to one address. Gives why it refused it for good; None where it took it.

    Raises SMTPException or OSError where it may be tried again.
    """
    host = urlsplit(settings.SITE).hostname or "localhost"
    letter = EmailMessage(
        subject=notice.subject,
        body=notice.text.replace("{link}", f"{settings.SITE}{path}"),
        from_email=settings.MAIL_RETURN,  # where it comes back to
        to=[address],
        connection=server,
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": f"<{notice.message or number_of(notice.key)}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    try:
        letter.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, words = error.recipients.get(address) or next(iter(error.recipients.values()))
        said = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
        if code < 500:
            raise
        return Refusal(address, status_in(code, said), f"{code} {said}"[:500])
    except smtplib.SMTPDataError as error:
        said = error.smtp_error.decode(errors="replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        if error.smtp_code < 500:
            raise
        # What is refused once the whole letter was sent is refused for what it is, and not for its address (RFC 5321, 4.2.5).
        status = status_in(error.smtp_code, said)
        return Refusal(address, status if status.split(".")[1] != "0" else "5.6.0", f"{error.smtp_code} {said}"[:500])
    return None
