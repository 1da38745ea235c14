"""An HTTPS address of the document system. It is the operator's setting; no other address is ever asked."""

import http.client
import ssl
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings

from dispatch.adapters.base import DeliveryError, Parcel

_REFUSED = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    }
)
"""Answers about the package itself. Others are about the way: they end when somebody mends it."""
_WORDS = 300  # bytes of an answer that are kept


class WebAdapter:
    """POSTs each package with its own key, so that one sent twice is taken once (409: it is there already)."""

    def target(self) -> str:
        """The address without its query, which may hold a key."""
        parts = urlsplit(settings.DISPATCH_URL)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}" if parts.hostname else ""

    def deliver(self, parcel: Parcel) -> None:
        """Raises DeliveryError with what the other side answered."""
        headers = {
            "Content-Type": "application/xml; charset=utf-8",
            "Idempotency-Key": parcel.key,
            "X-Content-SHA256": parcel.sha256,
            "Content-Disposition": f'attachment; filename="{parcel.name}"',
        }
        if settings.DISPATCH_TOKEN:
            headers["Authorization"] = f"Bearer {settings.DISPATCH_TOKEN}"
        connection, path = self._connection()
        try:
            connection.request("POST", path, body=parcel.content, headers=headers)
            answer = connection.getresponse()
            words = answer.read(_WORDS).decode(errors="replace").strip()
        except (ssl.SSLError, http.client.HTTPException) as failure:
            raise DeliveryError(f"Không nói chuyện được với máy nhận: {failure}") from failure
        finally:
            connection.close()
        if answer.status // 100 == 2 or answer.status == HTTPStatus.CONFLICT:  # noqa: PLR2004 - the class of success
            return
        if answer.status // 100 == 3:  # noqa: PLR2004 - the class of redirects
            raise DeliveryError(f"Máy nhận chuyển sang địa chỉ khác ({answer.status}); phần mềm không đi theo.")
        message = f"Máy nhận trả lời {answer.status} {answer.reason}: {words}"
        raise DeliveryError(message, for_good=answer.status in _REFUSED)

    def check(self) -> None:
        """Open a connection whose certificate is good, and leave."""
        connection, _ = self._connection()
        try:
            connection.connect()
        except ssl.SSLError as failure:
            raise DeliveryError(f"Chứng thư của máy nhận không được chấp nhận: {failure}") from failure
        finally:
            connection.close()

    def _connection(self) -> tuple[http.client.HTTPSConnection, str]:
        parts = urlsplit(settings.DISPATCH_URL)
        if parts.scheme != "https" or not parts.hostname:
            raise DeliveryError("DISPATCH_URL phải là địa chỉ https://.")
        context = ssl.create_default_context(cafile=settings.DISPATCH_CA or None)
        connection = http.client.HTTPSConnection(
            parts.hostname, parts.port, timeout=settings.DISPATCH_TIMEOUT, context=context
        )
        return connection, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
