"""E-mail by SMTP. The message's id is its Message-ID: a server that gets it twice can drop the second."""

import smtplib
import ssl
from contextlib import suppress
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate

from django.conf import settings

from motcua.notifications.outlets import CannotNow, Never, Outgoing, Taken
from motcua.notifications.writing import as_html

SECONDS = 10
# What is answered to RCPT for an address that does not exist or takes nothing.
NO_SUCH_ADDRESS = frozenset({550, 551, 552, 553, 554, 555})


def send(outgoing: Outgoing) -> Taken:
    """Give one e-mail to the server. Raises CannotNow, Never."""
    try:
        message = _composed(outgoing)
    except (ValueError, MessageError):
        raise CannotNow("unreadable", whole=False) from None
    try:
        _give(message)
    except smtplib.SMTPRecipientsRefused as refused:
        raise _refusal(*max(refused.recipients.values())) from None
    except smtplib.SMTPAuthenticationError:
        raise CannotNow("refused_us") from None
    except smtplib.SMTPResponseException as answer:
        # About us or about this text, never about the address: it is mended here, and goes later.
        fault = "refused_us" if 500 <= answer.smtp_code < 600 else _for_now(answer.smtp_code)
        raise CannotNow(fault, whole=not isinstance(answer, smtplib.SMTPDataError)) from None
    except smtplib.SMTPServerDisconnected as gone:
        slow = isinstance(gone.__context__, TimeoutError)
        raise CannotNow("timeout" if slow else "unreachable") from None
    except (smtplib.SMTPException, ValueError):
        raise CannotNow("not_understood") from None
    except TimeoutError:
        raise CannotNow("timeout") from None
    except OSError:
        raise CannotNow("unreachable") from None
    return Taken(provider_id=str(message["Message-ID"]))


def _give(message: EmailMessage) -> None:
    context = ssl.create_default_context()
    server = _connected(context)
    try:
        _introduce(server, context)
        server.send_message(message)
    finally:
        # What it answers to our parting changes nothing about the message that it took, or did not.
        with suppress(OSError):
            server.quit()
        server.close()


def _refusal(code: int, words: bytes) -> CannotNow | Never:
    # RFC 3463, section 3.8: 5.7.x is the server's policy; "relay denied" is said of us, not of the address.
    if words.startswith(b"5.7."):
        return CannotNow("refused_us", whole=False)
    if code in NO_SUCH_ADDRESS:
        return Never("bad_address")
    return CannotNow(_for_now(code), whole=False)


def _for_now(code: int) -> str:
    return "busy" if 400 <= code < 500 else "not_understood"


def _composed(outgoing: Outgoing) -> EmailMessage:
    message = EmailMessage()
    name, _, domain = settings.MAIL_FROM.partition("@")
    message["From"] = Address("Một Cửa", name, domain)
    message["To"] = outgoing.letter.to
    message["Subject"] = outgoing.letter.subject
    message["Message-ID"] = f"<{outgoing.id}@{domain}>"
    message["Date"] = formatdate(localtime=False)
    message["Content-Language"] = outgoing.language
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(outgoing.letter.body)
    message.add_alternative(as_html(outgoing.letter.body), subtype="html")
    return message


def _connected(context: ssl.SSLContext) -> smtplib.SMTP:
    host, port = settings.SMTP_HOST, settings.SMTP_PORT
    if settings.SMTP_TLS == "implicit":
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
    return smtplib.SMTP(host, port, timeout=SECONDS)


def _introduce(server: smtplib.SMTP, context: ssl.SSLContext) -> None:
    """Encryption first: without it neither account nor message goes out."""
    if settings.SMTP_TLS == "starttls":
        server.starttls(context=context)
    if settings.SMTP_USER:
        server.login(settings.SMTP_USER, settings.SMTP_PASSWORD)
