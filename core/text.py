"""Vietnamese text as art. 4.3 wants it: Unicode (TCVN 6909), one way of writing each letter."""

import re
import unicodedata

from django.core.exceptions import ValidationError

from core import tcvn3

# Tab and line ends are text; every other control, surrogate, private or unassigned sign is not,
# nor are the signs that turn the direction of writing (they disguise file names and codes).
_ALLOWED_CONTROLS = frozenset("\t\n\r")
_REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Cn"})
_DIRECTION_SIGNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_SPACES = re.compile(r"[^\S\n]+")
# Nobody sees them, so nobody could delete them; they come with text copied from web pages and spreadsheets.
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u180e\u200b\u2060\ufeff"))
_LOST = "\ufffd"  # what stands where bytes were no text

_FOLDED = {
    **dict.fromkeys(map(ord, "\u0300\u0301\u0302\u0303\u0306\u0308\u0309\u031b\u0323\u0327\u030a\u030c")),
    **str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZĐđ", "abcdefghijklmnopqrstuvwxyzdd"),
}


def refused_sign(text: str) -> str:
    """The first sign of `text` that no field takes, or the empty string."""
    if text.isascii() and text.isprintable():
        return ""
    for sign in text:
        if sign in _ALLOWED_CONTROLS:
            continue
        if sign in _DIRECTION_SIGNS or unicodedata.category(sign) in _REFUSED_CATEGORIES:
            return sign
    return ""


def clean_text(text: str, *, multiline: bool = False) -> str:
    """`text` in NFC with its outer and doubled spaces and unseen signs gone; line ends kept only if `multiline`.

    Raises ValidationError (Vietnamese) for control characters, the null byte among them, for characters that were
    lost on the way, and for text in a TCVN3 font.
    """
    if text.isascii() and text.isprintable():  # most of what machines are called; thousands of rows come at once
        return text.strip() if multiline else " ".join(text.split())
    if word := tcvn3.suspect(text):
        message = (
            f"“{word}” có vẻ gõ bằng phông TCVN3 (ABC), tức “{tcvn3.decode(word)}”. "
            "Hãy chuyển bộ gõ sang Unicode rồi nhập lại (Điều 4.3)."
        )
        raise ValidationError(message, code="legacy_font")
    text = text.translate(_UNSEEN)
    if sign := refused_sign(text):
        message = f"Có ký tự điều khiển không hợp lệ (U+{ord(sign):04X}). Hãy xóa ký tự đó rồi nhập lại."
        raise ValidationError(message, code="control_character")
    if _LOST in text:
        message = f"Có ký tự không đọc được ({_LOST}): chữ bị mất khi sao chép. Hãy gõ lại chỗ đó."
        raise ValidationError(message, code="lost_character")
    text = unicodedata.normalize("NFC", text)
    if multiline:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return "\n".join(line.rstrip() for line in lines).strip("\n").strip(" ")
    return _SPACES.sub(" ", text.replace("\r", " ").replace("\n", " ")).strip()


def fold(text: str) -> str:
    """Lower-case letters without accents ("Đống Đa" → "dong da"): what searches compare.

    The database's `qltb_fold` does the same, sign by sign, to what is stored.
    """
    return unicodedata.normalize("NFD", text).translate(_FOLDED)


def escape_like(text: str) -> str:
    """`text` with the wildcards of LIKE made plain."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
