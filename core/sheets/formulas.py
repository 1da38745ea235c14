"""Text that no spreadsheet program takes for a formula, on its way out, and what it was, on its way in again."""

import re

# What makes a spreadsheet calculate, also in its full-width forms, also after blanks that the program drops.
_BLANKS = r"[\s\u200b\u200c\u200d\u2060\ufeff\x00-\x1f]*"
_SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20\u2212\ufe62\ufe63\ufe66\ufe6b]"
_FORMULA = re.compile(rf"(?:[\t\r\n]|{_BLANKS}{_SIGNS})")
_MADE_SAFE = re.compile(rf"'(?=[\t\r\n]|{_BLANKS}{_SIGNS})")
# A program that parts cells at ";" (Vietnamese Excel) or at a line's end would see a cell begin there.
_INNER_FORMULA = re.compile(rf"([;\t\r\n]{_BLANKS})({_SIGNS})")
_INNER_MADE_SAFE = re.compile(rf"([;\t\r\n]{_BLANKS})'({_SIGNS})")


def safe_text(text: str) -> str:
    """`text` such that no spreadsheet program takes it, or a part of it, for a formula.

    A number is text here only if its column says so: typed numbers never come this way.
    """
    if _FORMULA.match(text):
        text = f"'{text}"
    return _INNER_FORMULA.sub(r"\1'\2", text)


def is_like_formula(text: str) -> bool:
    """Whether a program that takes `text` anew, as after F2 and Enter, might calculate it."""
    return _FORMULA.match(text) is not None


def plain_text(text: str) -> str:
    """What `safe_text` was given."""
    if "'" not in text:
        return text
    text = _INNER_MADE_SAFE.sub(r"\1\2", text)  # in the opposite order: what stands within may be what the first guards
    return _MADE_SAFE.sub("", text, count=1) if text[0] == "'" else text
