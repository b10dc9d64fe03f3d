"""Mail over SMTP, spoken so that we know to one round trip whether the server has the message.

``smtplib.sendmail`` hands over text and end mark in one go. Here the end mark is sent by itself, after
``before_the_end`` has been recorded: whatever breaks before it has surely not been delivered.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from types import TracebackType
from typing import Self

from pipelines.channels import addresses
from pipelines.channels.outcomes import NotSent, Refused, TryLater, Unsure
from pipelines.errors import KneewiseError
from pipelines.logbook.outbox import Attachment
from pipelines.settings import Settings
from reports.week_mail import content_id

USUAL_PORTS = {"starttls": 587, "tls": 465, "none": 25}
PATIENCE_S = 60.0
PATIENCE_AT_THE_END_S = 600.0  # RFC 5321 4.5.3.2.6: who gives up earlier makes repetitions
LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one address. ``unsubscribe_url`` takes a POST without a further question (RFC 8058)."""

    recipient: str
    subject: str
    text: str
    html: str | None
    attachments: tuple[Attachment, ...]
    message_id: str
    written_at: datetime
    unsubscribe_url: str | None
    possibly_repeated: bool


def sender_of(settings: Settings) -> Address:
    """``smtp_from`` as an address. Raises KneewiseError where it is missing or is not one address."""
    if not settings.smtp_from:
        raise KneewiseError("the setting smtp_from is missing: the address that mails come from.")
    name, address = parseaddr(settings.smtp_from)
    try:
        return Address(display_name=name, addr_spec=addresses.mailbox(address))
    except (ValueError, KneewiseError) as error:
        raise KneewiseError(f"the setting smtp_from is no address: {error}") from error


def as_bytes(mail: Mail, sender: Address) -> bytes:
    """The mail as it goes over the line. Line breaks in a header are an error, never a second header."""
    made = EmailMessage(policy=SMTP.clone(cte_type="7bit"))  # not every server takes eight bits
    made["From"] = sender
    made["To"] = Address(addr_spec=addresses.mailbox(mail.recipient))
    made["Subject"] = mail.subject
    made["Date"] = mail.written_at
    made["Message-ID"] = mail.message_id
    made["Auto-Submitted"] = "auto-generated"
    if mail.possibly_repeated:
        made["X-Kneewise-Possibly-Repeated"] = "yes"
    if mail.unsubscribe_url:
        made["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        if mail.unsubscribe_url.startswith("https:"):  # RFC 8058 allows no other
            made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(mail.text)
    if mail.html is not None:
        made.add_alternative(mail.html, subtype="html")
    for part in mail.attachments:
        _add(made, part, mail.html or "")
    return made.as_bytes()


def _add(made: EmailMessage, part: Attachment, html: str) -> None:
    """A picture that the HTML calls goes with the HTML; any other file beside the whole."""
    kind, *told = part.media_type.split("; ")
    main, _, sub = kind.partition("/")
    parameters = dict(one.split("=", 1) for one in told)
    page = made.get_body(("html",))
    if page is None or f"cid:{content_id(part.name)}" not in html:
        made.add_attachment(part.content, main, sub, filename=part.name, params=parameters)
        return
    page.add_related(
        *(part.content, main, sub),
        cid=f"<{content_id(part.name)}>",
        filename=part.name,
        disposition="inline",
    )


class MailServer:
    """The server of the settings; one connection serves many mails. Opened when first needed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._smtp: smtplib.SMTP | None = None
        self.is_down: str | None = None  # why no connection came about: no use in asking again at once

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._smtp is not None:
            self._smtp.close()  # without QUIT: a server that is slow to say goodbye holds nobody up

    def send(self, mail: Mail, before_the_end: Callable[[], None]) -> None:
        """Hand one mail over. Raises Refused, TryLater or Unsure; returns only on the server's yes."""
        try:
            sender = sender_of(self._settings)
        except KneewiseError as error:
            raise TryLater(str(error)) from error
        try:
            content = as_bytes(mail, sender)
        except (KneewiseError, ValueError) as error:
            raise Refused(f"this is no mail that can be sent: {error}") from error
        try:
            smtp = self._connected()
        except (smtplib.SMTPException, OSError, KneewiseError, TryLater) as error:
            self.is_down = _said(error)
            raise TryLater(self.is_down) from error
        try:
            _expect("MAIL", smtp.mail(sender.addr_spec))
            _expect("RCPT", smtp.rcpt(mail.recipient))
            _expect("DATA", smtp.docmd("DATA"), accepted=354)
            smtp.send(re.sub(rb"(?m)^\.", b"..", content))  # RFC 5321 4.5.2: a dot alone would end the mail
        except (smtplib.SMTPException, OSError) as error:
            self._smtp = None
            raise TryLater(_said(error)) from error
        except NotSent:
            self._reset()
            raise
        before_the_end()
        try:
            if smtp.sock is not None:
                smtp.sock.settimeout(PATIENCE_AT_THE_END_S)
            smtp.send(b".\r\n")
            answer = smtp.getreply()
            if answer[0] < 0:
                raise smtplib.SMTPServerDisconnected("its answer could not be read")
        except (smtplib.SMTPException, OSError) as error:
            self._smtp = None
            raise Unsure(f"the line broke while the server took it ({_said(error)})") from error
        try:
            _expect("the mail", answer)
        except NotSent:
            self._reset()
            raise

    def _reset(self) -> None:
        """After a no: leave the connection ready for the next mail, or drop it."""
        try:
            if self._smtp is not None:
                self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._smtp = None

    def _connected(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp = _connect(self._settings)
        return self._smtp


def _connect(settings: Settings) -> smtplib.SMTP:
    """A connection that is encrypted and logged in, as the settings say. Raises TryLater."""
    host, security = settings.smtp_host, settings.smtp_security
    if not host:
        raise TryLater("no mail server is set; set smtp_host and smtp_from.")
    password = settings.smtp_secret()
    if password and security == "none" and host not in LOCAL:
        raise TryLater(f"the password would go to {host} unencrypted; set smtp_security to starttls or tls.")
    port = settings.smtp_port or USUAL_PORTS[security]
    name = socket.gethostname()
    if security == "tls":
        context = ssl.create_default_context()
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, port, name, timeout=PATIENCE_S, context=context)
    else:
        smtp = smtplib.SMTP(host, port, name, timeout=PATIENCE_S)
    try:
        smtp.ehlo()
        if security == "starttls":
            smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo()
        if settings.smtp_user:
            smtp.login(settings.smtp_user, password or "")
    except Exception:
        smtp.close()
        raise
    return smtp


# "Log in first", "relaying denied until then", "too weak": a setting mends it, so the message waits.
_SETTINGS_AT_FAULT = frozenset({530, 534, 535, 538})


def _expect(what: str, answer: tuple[int, bytes], accepted: int = 250) -> None:
    """The server's yes to one command, or Refused or TryLater."""
    code, words = answer
    if code == accepted or (what == "RCPT" and code == 251):
        return
    reason = f"the mail server answered {what} with {code} {_readable(words)}"
    if 500 <= code < 600 and code not in _SETTINGS_AT_FAULT:
        raise Refused(reason)
    raise TryLater(reason)


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"the mail server does not take this user and password ({error.smtp_code})"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"the mail server answered {error.smtp_code} {_readable(error.smtp_error)}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the mail server's certificate is not trusted: {error.verify_message}"
    if isinstance(error, socket.gaierror):
        return "the mail server's name is not known"
    return _readable(str(error) or type(error).__name__)


def _readable(words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return "".join(c for c in " ".join(text.split()) if c.isprintable())[:200]
