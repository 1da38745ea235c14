"""Text typed with the fonts of the years before Unicode (TCVN3, "ABC"): its letters are stored as other signs.

"Máy tính" in such a font is stored as "M¸y tÝnh": no search finds it and no form prints it. Art. 4.3 wants Unicode.
"""

import re

from core.syllables import is_syllable

SIGNS = "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ"
LETTERS = "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_DECODE = str.maketrans(SIGNS, LETTERS)

# Signs that stand within words of no language here, and capitals of French or German that never follow a small letter.
SYMBOLS = "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾×÷"
_ODD = re.compile(rf"[a-zA-Z][{SYMBOLS}]|[{SYMBOLS}][a-zA-Z]|[a-z][ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖØÜÝÞ]")
_WORD = re.compile(rf"(?:[^\W\d_]|[{SYMBOLS}])+")
# µm, µs, µA: the micro of measures; N·m, n×m, a÷b: what is multiplied or divided.
_MEASURE = re.compile(r"µ[A-Za-zΩ]{0,4}|[A-Za-z][·×÷¦][A-Za-z]")
_LONG = 3


def decode(text: str) -> str:
    """`text` of a TCVN3 font in Unicode. Capitals with accents are lost: they are small letters of an "H" font."""
    return text.translate(_DECODE)


def suspect(text: str) -> str:
    """The first word that shows `text` to be in a TCVN3 font, or the empty string.

    A word counts only if it holds a sign that no word does and makes a Vietnamese syllable once decoded; one of two
    letters ("Mª") is believed only beside another such word.
    """
    if text.isascii() or not _ODD.search(text):
        return ""
    words = [word for word in _WORD.findall(text) if _decodes(word)]
    odd = [word for word in words if _ODD.search(word)]
    if any(len(word) >= _LONG for word in odd) or (odd and len(words) > 1):
        return odd[0]
    return ""


def _decodes(word: str) -> bool:
    """Whether `word` of ASCII letters and TCVN3 signs is a Vietnamese syllable once decoded."""
    if word.isascii() or _MEASURE.fullmatch(word) or any(c not in SIGNS for c in word if not c.isascii()):
        return False
    return is_syllable(decode(word))
