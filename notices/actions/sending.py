"""Send the mails that wait. A mail goes at least once: one sent twice by a crash has one Message-ID."""

import contextlib
import logging
import time
from datetime import timedelta
from enum import Enum, auto
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from core.scope import elevated
from notices.models import Mail
from notices.queries import mail_is_on
from notices.rules import pause, refused_for_good

logger = logging.getLogger("qltb.mail")
RUN_SECONDS = 50  # then the next run of the scheduler goes on


class Outcome(Enum):
    """What became of one attempt."""

    SENT = auto()
    FAILED = auto()  # this mail's own fault
    CUT_OFF = auto()  # no server, or one that takes nothing from us: the next mail would fare the same
    NOTHING = auto()  # no mail is waiting


def send() -> int:
    """Send what waits, over one connection, until nothing does or the server is away. Returns how many went."""
    if not mail_is_on():
        return 0
    connection = get_connection()
    until, sent = time.monotonic() + RUN_SECONDS, 0
    try:
        while time.monotonic() < until:
            outcome = _send_next(connection)
            if outcome in {Outcome.NOTHING, Outcome.CUT_OFF}:
                break
            sent += outcome == Outcome.SENT
    finally:
        with contextlib.suppress(OSError):  # all of smtplib's are
            connection.close()
    return sent


def _send_next(connection: BaseEmailBackend) -> Outcome:
    """The mail that waits longest and no other sender is at: its row is locked until what became of it is kept."""
    with elevated("notices.send: the mails of anybody go out"):
        waiting = Mail.objects.filter(sent_at=None, given_up_at=None, next_try_at__lte=timezone.now())
        free = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("owner")
        mail = free.order_by("next_try_at", "pk").first()
        if mail is None:
            return Outcome.NOTHING
        if not _wanted(mail):
            mail.given_up_at, mail.problem = timezone.now(), "no longer wanted"
            mail.save(update_fields=["given_up_at", "problem"])
            return Outcome.FAILED
        try:
            connection.open()
            _message(mail, connection).send()
        except Exception as failure:  # noqa: BLE001 - whatever it is, the mail stays in the queue and the others go on
            return _failed(mail, failure)
        mail.sent_at, mail.attempts, mail.problem = timezone.now(), mail.attempts + 1, ""
        mail.save(update_fields=["sent_at", "attempts", "problem"])
        return Outcome.SENT


def _wanted(mail: Mail) -> bool:
    """Not if its reader has gone, or while it waited has read all of it on the page."""
    here = mail.owner.is_active and mail.owner.unit_id == mail.unit_id
    return here and mail.notices.filter(read_at=None).exists()


def _message(mail: Mail, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    # Auto-Submitted (RFC 3834) and Exchange's own header keep notes of absence from coming back.
    headers = {
        "Message-ID": mail.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=headers, connection=connection)
    message.attach_alternative(mail.html, "text/html")
    return message


def _failed(mail: Mail, failure: Exception) -> Outcome:
    """Keep what went wrong and when to try again, if at all. The log names no person."""
    code, answer = _answer(failure)
    outcome = Outcome.FAILED
    if isinstance(failure, SMTPRecipientsRefused | SMTPDataError):
        for_good = refused_for_good(code, answer)
    elif isinstance(failure, OSError):
        for_good, outcome = False, Outcome.CUT_OFF
    else:
        for_good = isinstance(failure, ValueError)  # the address is none, or would be two lines of a header
    now = timezone.now()
    mail.attempts += 1
    mail.problem = f"{type(failure).__name__} {code or ''} {answer.decode(errors='replace')!a}"[:500]
    mail.next_try_at = now + pause(mail.attempts)
    if for_good or now - mail.created_at >= timedelta(days=settings.MAIL_GIVE_UP_DAYS):
        mail.given_up_at = now
    mail.save(update_fields=["attempts", "problem", "next_try_at", "given_up_at"])
    logger.log(
        logging.ERROR if mail.given_up_at else logging.WARNING,
        "mail given up" if mail.given_up_at else "mail not sent",
        extra={"mail": mail.pk, "attempts": mail.attempts, "error": type(failure).__name__, "code": code},
    )
    return outcome


def _answer(failure: Exception) -> tuple[int, bytes]:
    """What the server said: its code (0: nothing) and its words."""
    if isinstance(failure, SMTPRecipientsRefused):
        (said,) = failure.recipients.values()  # a mail has one reader
        return said
    if isinstance(failure, SMTPResponseException):
        words = failure.smtp_error
        return failure.smtp_code, words.encode() if isinstance(words, str) else words
    return 0, str(failure).encode()
