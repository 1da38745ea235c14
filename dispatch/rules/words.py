"""What other systems say, fit to be kept. Pure."""

from django.core.exceptions import ValidationError

from core.text import clean_text, refused_sign

_LOST = "\ufffd"


def legible(text: str, limit: int) -> str:
    """`text` without what no field takes, cut to `limit` signs; never refused: it is news, however badly written."""
    kept = "".join(" " if sign == _LOST or refused_sign(sign) else sign for sign in text)
    try:
        return clean_text(kept, multiline=True)[:limit]
    except ValidationError:  # letters of an old font
        return kept.encode("ascii", "replace").decode()[:limit]
