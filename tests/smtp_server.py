"""A real SMTP server in a thread: takes mails, may ask for STARTTLS and a password, may say no."""

from __future__ import annotations

import email
import email.policy
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "knee", "open sesame"


@dataclass
class Received:
    sender: str
    recipients: list[str]
    mail: EmailMessage
    raw: bytes
    over_tls: bool
    user: str | None

    @property
    def message_id(self) -> str:
        return str(self.mail["Message-ID"])


@dataclass
class Inbox:
    """What the server took. ``answer_data`` and ``answer_rcpt`` may give another answer than yes."""

    mails: list[Received] = field(default_factory=list)
    answer_rcpt: Callable[[str], str] = lambda address: "250 OK"
    answer_data: Callable[[Received], str] = lambda received: "250 OK"
    port: int = 0

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.answer_rcpt(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        received = Received(
            str(envelope.mail_from),
            list(map(str, envelope.rcpt_tos)),
            mail,
            envelope.content,
            session.ssl is not None,
            session.auth_data.login.decode() if session.authenticated else None,
        )
        answer = self.answer_data(received)
        if answer.startswith("250"):
            self.mails.append(received)
        return answer


class OnFreePort(Controller):
    """Port 0 lets the system choose; the controller then has to be told which it was."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def serving(inbox: Inbox | None = None, tls: ssl.SSLContext | None = None) -> Iterator[Inbox]:
    """A server on a free port; with ``tls`` it takes mail only after STARTTLS and a login."""
    taken = inbox or Inbox()
    asked = {"tls_context": tls, "require_starttls": True, "auth_required": True, "authenticator": _check}
    controller = OnFreePort(taken, hostname="127.0.0.1", port=0, **(asked if tls else {}))
    controller.start()
    taken.port = controller.port
    try:
        yield taken
    finally:
        controller.stop()


def certified(folder: Path, host: str = "localhost") -> tuple[ssl.SSLContext, Path]:
    """A server's TLS context, and the certificate of the authority that vouches for it."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    path = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return context, path


def _check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object) -> AuthResult:
    is_right = isinstance(given, LoginPassword) and (given.login.decode(), given.password.decode()) == (
        USER,
        PASSWORD,
    )
    return AuthResult(success=is_right, auth_data=given, handled=False)
