"""E-mail by SMTP. The message's id is its Message-ID: a server that gets it twice can drop the second."""

import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate

from django.conf import settings

from motcua.notifications.outlets import CannotNow, Never, Outgoing, Taken
from motcua.notifications.writing import as_html

SECONDS = 10
# The other side's own words for an address that does not exist or takes nothing.
NO_SUCH_ADDRESS = frozenset({550, 551, 552, 553, 554, 555})


def send(outgoing: Outgoing) -> Taken:
    """Give one e-mail to the server. Raises CannotNow, Never."""
    message, context = _composed(outgoing), ssl.create_default_context()
    try:
        with _connected(context) as server:
            _introduce(server, context)
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        code = max(code for code, _ in refused.recipients.values())
        raise _refusal(code) from None
    except smtplib.SMTPAuthenticationError:
        raise CannotNow("refused_us") from None
    except smtplib.SMTPResponseException as answer:
        raise _refusal(answer.smtp_code) from None
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


def _refusal(code: int) -> CannotNow | Never:
    if code in NO_SUCH_ADDRESS:
        return Never("bad_address")
    return CannotNow("busy" if 400 <= code < 500 else "not_understood", whole=False)


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
