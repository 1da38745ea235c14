"""Elements as text, always the same for the same content. Pure.

The receivers' software looks elements up by the prefix `edXML:`, so the prefixes are written as their own packages
have them instead of leaving them to a serialiser.
"""

import re
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

from django.utils import timezone

NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """`text` without what XML has no way to write."""
    return _NO_CHARACTER.sub(" ", text)


def wrapped(name: str, *content: str, **attributes: str) -> str:
    """An element around what is written already. In names of attributes `__` stands for the colon."""
    marks = "".join(f" {key.replace('__', ':')}={quoteattr(clean(value))}" for key, value in attributes.items())
    inner = "".join(content)
    return f"<{name}{marks}>{inner}</{name}>" if inner else f"<{name}{marks}/>"


def element(name: str, *content: str, **attributes: str) -> str:
    """An element of the envelope around others."""
    return wrapped(f"edXML:{name}", *content, **attributes)


def says(name: str, text: object) -> str:
    """An element of the envelope that holds text."""
    return element(name, escape(clean(str(text))))


def plain(name: str, text: str) -> str:
    """An element beside the envelope that holds text."""
    return wrapped(name, escape(clean(text)))


def document(*content: str) -> bytes:
    """The whole package."""
    whole = wrapped("edXML", *content, xmlns=NAMESPACE)
    return f'<?xml version="1.0" encoding="utf-8"?>{whole}'.encode()


def envelope(*content: str) -> str:
    """The envelope of header and body."""
    return element("edXMLEnvelope", *content, xmlns__edXML=NAMESPACE)


def day(value: date | None) -> str:
    """A date of the paper; empty when there is none."""
    return f"{value:%Y-%m-%d}" if value else ""


def moment(value: datetime) -> str:
    """A time of the exchange, on the clock of Vietnam."""
    return f"{timezone.localtime(value):%Y/%m/%d %H:%M:%S}"
