"""E-mail by SMTP. The message's id is its Message-ID: a server that gets it twice can drop the second."""

import smtplib
import socket
import ssl
import threading
from contextlib import suppress
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate

from django.conf import settings

from motcua.notifications.outlets import CannotNow, Never, Outgoing, Taken
from motcua.notifications.writing import as_html

# One step, and the whole conversation: the sender has other messages, and its claim on this one ends (LEASE).
SECONDS, LONGEST = 10, 30
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


class _Conversation(smtplib.SMTP):
    """A conversation that is over after LONGEST, whatever the server does: smtplib bounds each read alone, and a server
    may send a letter now and then for ever."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.context, self.is_late = context, False
        self.line: socket.socket | None = None
        self.timer = threading.Timer(LONGEST, self._cut)
        self.timer.daemon = True
        super().__init__(timeout=SECONDS)

    def begin(self) -> None:
        """Connect, and encryption first: without it neither account nor message goes out."""
        self.timer.start()
        self._host = settings.SMTP_HOST  # as its constructor has it, for the certificate
        code, words = self.connect(settings.SMTP_HOST, settings.SMTP_PORT)
        if code != 220:
            raise smtplib.SMTPConnectError(code, words)
        if settings.SMTP_TLS == "starttls":
            self.starttls(context=self.context)
        if settings.SMTP_USER:
            self.login(settings.SMTP_USER, settings.SMTP_PASSWORD)

    def end(self) -> None:
        """Part. What it answers to that changes nothing about the message that it took, or did not."""
        with suppress(OSError):
            self.quit()
        self.close()
        self.timer.cancel()
        if self.line is not None:
            self.line.close()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((host, port), timeout)
        # A second hold on the connection: encryption takes the first away from whoever had it.
        self.line = plain.dup()
        if self.is_late:
            plain.close()
            raise TimeoutError
        if settings.SMTP_TLS == "implicit":
            return self.context.wrap_socket(plain, server_hostname=host)
        return plain

    def _cut(self) -> None:
        self.is_late = True
        line = self.line
        with suppress(OSError):
            if line is not None:
                line.shutdown(socket.SHUT_RDWR)


def _give(message: EmailMessage) -> None:
    server = _Conversation(ssl.create_default_context())
    try:
        server.begin()
        _hand_over(server, message)
    except OSError:  # all that smtplib raises is one
        if server.is_late:
            raise TimeoutError from None
        raise
    finally:
        server.end()


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    try:
        server.send_message(message)
    except smtplib.SMTPNotSupportedError:
        if str(message["To"]).isascii():
            raise
        raise Never("bad_address") from None


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
    message["To"] = _ascii(outgoing.letter.to)
    message["Subject"] = outgoing.letter.subject
    message["Message-ID"] = f"<{outgoing.id}@{domain}>"
    message["Date"] = formatdate(localtime=False)
    message["Content-Language"] = outgoing.language
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(outgoing.letter.body)
    message.add_alternative(as_html(outgoing.letter.body), subtype="html")
    return message


def _ascii(address: str) -> str:
    """`address` with its domain as every server takes it (RFC 5891)."""
    name, at, domain = address.rpartition("@")
    if domain.isascii():
        return address
    try:
        return name + at + domain.encode("idna").decode()
    except UnicodeError:
        raise Never("bad_address") from None
