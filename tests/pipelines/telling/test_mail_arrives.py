"""What a real SMTP server receives: the parts of the mail, the login, the encryption, the headers."""

from __future__ import annotations

import email.utils
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from smtp_server import PASSWORD, USER, certified, serving
from told_home import ADA, NOON, a_notice, told_home

from features.training_log import Athlete, Week
from pipelines.errors import KneewiseError
from pipelines.logbook import deliveries, outbox, telling
from pipelines.logbook.outbox import Attachment, Body
from pipelines.logbook.telling import Channel
from pipelines.steps import Home
from pipelines.telling import weekly
from pipelines.telling.sending import Sent, send_due

WEEK = Week(2026, 46)
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
REPORT = Body(
    "Your week: 31.5 km.\n.\nA line that is a dot alone stands above. Größe ✓\n" + "long " * 400,
    "<html><body class='x'><p>Your week: 31.5 km. Größe ✓</p></body></html>",
    (
        Attachment("plan.ics", "text/calendar", CALENDAR),
        Attachment("week.pdf", "application/pdf", b"%PDF-1.7\n\0\xff"),
    ),
)


def test_the_weekly_mail_arrives_with_text_html_calendar_and_pdf(tmp_path: Path) -> None:
    with serving() as inbox, told_home(tmp_path, smtp_port=inbox.port) as (home, _):
        assert weekly.queue(home, ADA, WEEK, REPORT)
        assert send_due(home) == Sent(sent=1)
    (got,) = inbox.mails
    assert (got.sender, got.recipients) == ("knee@example.org", ["ada@example.org"])
    mail = got.mail
    assert mail["Subject"] == "Kneewise: Ada Berg, Monday 9 to Sunday 15 November 2026"
    assert mail["From"] == "Kneewise <knee@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert email.utils.parsedate_to_datetime(mail["Date"]) == NOON
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None and html is not None
    assert text.get_content().replace("\r\n", "\n").startswith(REPORT.text.rstrip())
    assert "<p>Your week: 31.5 km. Größe ✓</p>" in html.get_content()
    parts = {p.get_filename(): p for p in mail.iter_attachments()}
    assert parts["week.pdf"].get_content() == b"%PDF-1.7\n\0\xff"
    assert parts["week.pdf"].get_content_type() == "application/pdf"
    assert parts["plan.ics"].get_content_type() == "text/calendar"
    assert parts["plan.ics"].get_content().replace("\r\n", "\n").encode() == CALENDAR.replace(b"\r\n", b"\n")
    assert max(map(len, got.raw.splitlines())) <= 998  # RFC 5322
    assert mail["List-Unsubscribe"] is None  # no public address, no link that leads nowhere


def test_a_mail_goes_over_starttls_and_a_login_with_the_password_from_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, authority = certified(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    secret = tmp_path / "password"
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    with serving(tls=context) as inbox:
        told = {
            "smtp_host": "localhost",
            "smtp_port": inbox.port,
            "smtp_security": "starttls",
            "smtp_user": USER,
        }
        with told_home(tmp_path / "home", **told, smtp_password_file=secret) as (home, _):
            outbox.tell(home.logbook, ADA, [a_notice()], NOON)
            assert send_due(home) == Sent(sent=1)
    (got,) = inbox.mails
    assert (got.over_tls, got.user) == (True, USER)


def test_a_wrong_password_and_an_untrusted_certificate_wait_and_say_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, authority = certified(tmp_path)
    with serving(tls=context) as inbox:
        told = {
            "smtp_host": "localhost",
            "smtp_port": inbox.port,
            "smtp_security": "starttls",
            "smtp_user": USER,
        }
        with told_home(tmp_path / "home", **told, smtp_password="wrong secret") as (home, clock):
            outbox.tell(home.logbook, ADA, [a_notice()], NOON)
            assert send_due(home) == Sent(later=1)
            (delivery,) = deliveries.newest(home.logbook, None, 9)
            assert delivery.state == "waiting"
            assert "certificate is not trusted" in str(delivery.reason)
            monkeypatch.setenv("SSL_CERT_FILE", str(authority))
            clock.on(hours=1)
            assert send_due(home) == Sent(later=1)
            (delivery,) = deliveries.newest(home.logbook, None, 9)
            assert delivery.reason == "the mail server does not take this user and password (535)"
            assert "wrong secret" not in repr(home.settings)
    assert inbox.mails == []


def test_a_password_never_goes_unencrypted_to_another_computer(tmp_path: Path) -> None:
    told = {"smtp_host": "mail.example.org", "smtp_user": USER, "smtp_password": PASSWORD}
    with told_home(tmp_path, **told) as (home, _):
        outbox.tell(home.logbook, ADA, [a_notice()], NOON)
        assert send_due(home) == Sent(later=1)
        (delivery,) = deliveries.newest(home.logbook, None, 9)
        assert "would go to mail.example.org unencrypted" in str(delivery.reason)


def test_a_sender_that_is_no_address_waits_and_says_so(tmp_path: Path) -> None:
    with serving() as inbox:
        told = {"smtp_port": inbox.port, "smtp_from": "nobody at all"}
        with told_home(tmp_path, **told) as (home, _):
            outbox.tell(home.logbook, ADA, [a_notice()], NOON)
            assert send_due(home) == Sent(later=1)
            (delivery,) = deliveries.newest(home.logbook, None, 9)
            assert str(delivery.reason).startswith("the setting smtp_from is no address: ")
    assert inbox.mails == []


def test_a_refused_address_fails_with_the_servers_reason_and_the_next_mail_goes(tmp_path: Path) -> None:
    bea = Athlete("bea", "Bea", "Europe/Berlin")
    with serving() as inbox, told_home(tmp_path, ADA, bea, smtp_port=inbox.port) as (home, _):
        telling.add_channel(home.logbook, "ada", "gone@example.org", NOON)
        inbox.answer_rcpt = lambda to: "550 no such user here" if to.startswith("gone") else "250 OK"
        outbox.tell(home.logbook, ADA, [a_notice()], NOON)
        outbox.tell(home.logbook, bea, [a_notice(athlete="bea")], NOON)
        assert send_due(home) == Sent(sent=2, failed=1)
        states = {(d.message.athlete, d.state): d.reason for d in deliveries.newest(home.logbook, None, 9)}
        assert states["ada", "failed"] == "the mail server answered RCPT with 550 no such user here"
        assert send_due(home) == Sent()  # for good: not tried again


def test_one_click_unsubscribe_is_offered_where_links_can_be_followed(tmp_path: Path) -> None:
    public = {"public_url": "https://knee.example.org/app"}
    with serving() as inbox, told_home(tmp_path, smtp_port=inbox.port, **public) as (home, _):
        outbox.tell(home.logbook, ADA, [a_notice()], NOON)
        send_due(home)
    mail = inbox.mails[0].mail
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].startswith("<https://knee.example.org/app/links/")
    for kind in ("plain", "html"):
        body = mail.get_body((kind,))
        assert body is not None
        assert body.get_content().count("https://knee.example.org/app/links/") == 3  # seen, snooze, stop


@pytest.mark.parametrize(
    "address",
    [
        "ada@example.org\nBcc: eve@example.org",
        "ada@example.org, eve@example.org",
        "ada@example.org> RCPT TO:<eve@example.org",
        "Ada <ada@example.org>",
        "ada",
        "@example.org",
        "mailto://user:pass@example.org",
        "ada@exa mple.org",
    ],
)
def test_what_is_not_one_address_is_refused(tmp_path: Path, address: str) -> None:
    from pipelines.channels import addresses

    with pytest.raises(KneewiseError):
        addresses.checked(address)


def test_a_name_or_a_stored_address_cannot_add_a_header_or_a_recipient(tmp_path: Path) -> None:
    hostile = Athlete("ada", "Ada\r\nBcc: eve@example.org\r\n\r\nHello", "Europe/Berlin")
    with serving() as inbox, told_home(tmp_path, hostile, smtp_port=inbox.port) as (home, _):
        # as if somebody had written it into the logbook by hand
        telling.add_channel(home.logbook, "ada", "ada@example.org\r\nBcc: eve@example.org", NOON)
        notice = a_notice(text="Red\r\n.\r\nMAIL FROM:<eve@example.org> <script>alert(1)</script>")
        outbox.tell(home.logbook, hostile, [notice], NOON)
        assert send_due(home) == Sent(sent=1, failed=1)
    (got,) = inbox.mails
    assert got.recipients == ["ada@example.org"]
    assert got.mail["Bcc"] is None
    assert got.mail["Subject"] == "Kneewise: 1 alert for Ada Bcc: eve@example.org Hello"
    html = got.mail.get_body(("html",))
    assert html is not None and "<script>" not in html.get_content()


def test_a_mail_address_with_letters_of_other_scripts_in_its_domain_is_sent_in_ascii(tmp_path: Path) -> None:
    from pipelines.channels import addresses

    assert addresses.checked("ada@bücher.example") == "ada@xn--bcher-kva.example"
    assert addresses.label("ada@example.org") == "a…@example.org"
    assert addresses.label("tgram://123456:secret/42") == "tgram://…"


def test_channels_come_back_as_added_and_go_with_what_waited_for_them(tmp_path: Path) -> None:
    with told_home(tmp_path, address=None) as (home, _):
        added = telling.add_channel(home.logbook, "ada", "ada@example.org", NOON)
        assert telling.channels(home.logbook, "ada") == (Channel(added.id, "ada", "ada@example.org", NOON),)
        outbox.tell(home.logbook, ADA, [a_notice()], NOON)
        telling.remove_channel(home.logbook, "ada", added.id, NOON)
        (delivery,) = deliveries.newest(home.logbook, "ada", 9)
        assert (delivery.state, delivery.reason) == ("cancelled", "the channel was removed")
        assert telling.channels(home.logbook) == ()
        with pytest.raises(KneewiseError, match="there are: none"):
            telling.remove_channel(home.logbook, "ada", added.id, NOON)
        again = telling.add_channel(home.logbook, "ada", "other@example.org", NOON)
        assert again.id != added.id  # an old unsubscribe link must not stop the new channel


@contextmanager
def breaking(at: bytes, answer: bytes = b"") -> Iterator[int]:
    """A server that says yes to everything until a line ``at``, then gives this answer and hangs up; its port."""

    def serve() -> None:
        with listening.accept()[0] as line, line.makefile("rwb") as talk:
            talk.write(b"220 here\r\n")
            talk.flush()
            for said in talk:
                if said.upper().startswith(at.upper()):
                    talk.write(answer)
                    return
                if said[:4].upper() in (b"EHLO", b"MAIL", b"RCPT"):
                    talk.write(b"250 yes\r\n")
                elif said.startswith(b"DATA"):
                    talk.write(b"354 go on\r\n")
                talk.flush()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(5)


@pytest.mark.parametrize(
    ("at", "answer", "state", "unsure"),
    [
        (b"MAIL", b"", "waiting", False),
        (b".\r\n", b"", "sending", True),  # the end was sent, and no answer came
        (b".\r\n", b"nonsense\r\n", "sending", True),
        (b".\r\n", b"421 closing\r\n", "waiting", False),  # a no, if a hurried one
        (b".\r\n", b"554 spam\r\n", "failed", False),
        (b"RCPT", b"550 nobody\r\n", "failed", False),
    ],
)
def test_a_broken_line_is_unsure_only_after_the_last_byte(
    tmp_path: Path, at: bytes, answer: bytes, state: str, unsure: bool
) -> None:
    with told_home(tmp_path) as (home, clock), breaking(at, answer) as port:
        outbox.tell(home.logbook, ADA, [a_notice()], NOON)
        send_due(Home(home.settings.model_copy(update={"smtp_port": port}), home.logbook))
        (delivery,) = deliveries.newest(home.logbook, None, 9)
        assert delivery.state == state, delivery.reason
        with serving() as inbox:
            clock.on(minutes=1)
            send_due(Home(home.settings.model_copy(update={"smtp_port": inbox.port}), home.logbook))
        assert [got.mail["X-Kneewise-Possibly-Repeated"] for got in inbox.mails] == (
            [] if state == "failed" else ["yes" if unsure else None]
        )
