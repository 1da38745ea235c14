"""A mailbox of the document system: each package as the attachment of a mail."""

from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import BadHeaderError

from dispatch.adapters.base import DeliveryError, Parcel
from notices.queries import mail_is_on
from notices.rules import refused_for_good

CONTENT_TYPE = "application/xml"


class MailAdapter:
    """Sends over the mail server of the system. The Message-ID is the package's own: sent twice it is one mail."""

    def target(self) -> str:
        """The mailbox."""
        return str(settings.DISPATCH_MAIL_TO)

    def deliver(self, parcel: Parcel) -> None:
        """Raises DeliveryError with the server's words."""
        host = urlsplit(settings.SITE_URL).hostname
        headers = {
            "Message-ID": f"<{parcel.key}@{host}>",
            "Auto-Submitted": "auto-generated",
            "X-QLTB-SHA256": parcel.sha256,
        }
        message = EmailMessage(
            " ".join(parcel.title.split())[:200],
            f"Gói văn bản điện tử (edXML)\nMã văn bản: {parcel.document_id}\nSHA-256: {parcel.sha256}\n",
            to=[self._mailbox()],
            headers=headers,
        )
        message.attach(parcel.name, parcel.content, CONTENT_TYPE)
        try:
            message.send()
        except SMTPRecipientsRefused as failure:
            (code, words) = next(iter(failure.recipients.values()))
            raise _refusal(code, words) from failure
        except SMTPDataError as failure:
            raise _refusal(failure.smtp_code, failure.smtp_error) from failure
        except (SMTPException, BadHeaderError) as failure:
            raise DeliveryError(f"Máy chủ thư không nhận: {failure}") from failure

    def check(self) -> None:
        """Open a connection to the mail server, log in, and leave."""
        self._mailbox()
        connection = get_connection()
        try:
            connection.open()
        except SMTPException as failure:
            raise DeliveryError(f"Máy chủ thư không nhận: {failure}") from failure
        connection.close()

    def _mailbox(self) -> str:
        if not mail_is_on():
            raise DeliveryError("Chưa khai báo máy chủ thư (EMAIL_URL).")
        if not settings.DISPATCH_MAIL_TO:
            raise DeliveryError("Chưa khai báo hộp thư nhận văn bản (DISPATCH_MAIL_TO).")
        return str(settings.DISPATCH_MAIL_TO)


def _refusal(code: int, words: bytes | str) -> DeliveryError:
    said = words.encode() if isinstance(words, str) else words
    text = said.decode(errors="replace")
    return DeliveryError(f"Máy chủ thư từ chối gói ({code} {text})", for_good=refused_for_good(code, said))
