"""Columns typed with fonts of the years before Unicode: recognised as a whole, turned into Unicode (art. 4.3).

TCVN3 ("ABC", fonts .Vn…) has one sign for each small letter; its capitals with accents are the same signs in a font
whose name ends in H. VNI (fonts VNI-…) has a letter and a sign after it. In both, what is stored are signs of Western
European text (code page 1252), so nothing but the sense of the words tells what was meant: each encoding is tried, and
the one that makes Vietnamese syllables of the words is it. Tables: TCVN 5712:1993 (VN3) and the VNI table, as in UniKey
and glibc.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core import tcvn3
from core.syllables import is_syllable


class Encoding(StrEnum):
    ASCII = "ascii"
    UNICODE = "unicode"
    DECOMPOSED = "decomposed"
    TCVN3 = "tcvn3"
    VNI = "vni"


ENCODING_LABELS = {
    Encoding.ASCII: "Không dấu",
    Encoding.UNICODE: "Unicode dựng sẵn",
    Encoding.DECOMPOSED: "Unicode tổ hợp",
    Encoding.TCVN3: "TCVN3 (ABC)",
    Encoding.VNI: "VNI Windows",
}


@dataclass(frozen=True)
class Guess:
    """`score`: the part of the words with accents that makes sense so read (0 to 1); `letters`: how many spoke."""

    encoding: Encoding
    score: float
    letters: int


# What VNI writes after each base letter, and the letters that this makes; capitals have capitals throughout.
_VNI_PAIRS = (
    ("a", "êâøûõùïèúüéëàåãáä", "ăâàảãáạằẳẵắặầẩẫấậ"),
    ("e", "âøûõùïàåãáä", "êèẻẽéẹềểễếệ"),
    ("o", "âøûõùïàåãáä", "ôòỏõóọồổỗốộ"),
    ("ô", "øûõùï", "ờởỡớợ"),
    ("u", "øûõùï", "ùủũúụ"),
    ("ö", "øûõùï", "ừửữứự"),
    ("y", "øûõù", "ỳỷỹý"),
)
_VNI_SINGLES = ("ñôöìæóíòî", "đơưìỉĩíịỵ")
_SMALL_VNI = {
    **{base + sign: letter for base, signs, letters in _VNI_PAIRS for sign, letter in zip(signs, letters, strict=True)},
    **dict(zip(*_VNI_SINGLES, strict=True)),
}
VNI = _SMALL_VNI | {sequence.upper(): letter.upper() for sequence, letter in _SMALL_VNI.items()}
_VNI_SEQUENCE = re.compile("|".join(sorted(VNI, key=len, reverse=True)))  # the longest first: "ôù" is one letter

# Letters that no file of a font before Unicode can hold: such a cell is Unicode whatever its column is.
_BEYOND = re.compile(r"[ĂăĐđĨĩŨũƠơƯưẠ-ỹ\u0300\u0301\u0303\u0309\u0323]")
_WORD = re.compile(rf"(?:[^\W_]|[{tcvn3.SYMBOLS}\u0300-\u0323])+")
_SHOUTED = re.compile(r"(?=.+[A-Z])(?=.*[^\x00-\x7f])[^a-z]+")  # a capital within the word and no small letter

MIN_WORDS = 4  # different words that only this encoding makes sense of, before it is believed
MIN_LETTERS = 6  # letters with accents in all the words that it makes sense of; "M¸y tÝnh" alone is no evidence
MIN_SCORE = 0.7
MARGIN = 0.15  # by which it must be better than Unicode


def decode_vni(text: str) -> str:
    """`text` of a VNI font in Unicode."""
    return _VNI_SEQUENCE.sub(lambda found: VNI[found.group()], text)


_DECODERS: dict[Encoding, Callable[[str], str]] = {Encoding.TCVN3: tcvn3.decode, Encoding.VNI: decode_vni}


def convert(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """`text` of a column in `encoding` as Unicode NFC; in capitals where its font has nothing else (.VnTimeH).

    A cell that holds a letter which only Unicode has is left as it is: columns are pasted together from many sources.
    Words of TCVN3 whose plain letters are capitals get capitals with accents too ("PHßNG" → "PHÒNG").
    """
    decoder = _DECODERS.get(encoding)
    if decoder is None or text.isascii() or _BEYOND.search(text):
        plain = unicodedata.normalize("NFC", text)
        return plain.upper() if capitals else plain
    decoded = unicodedata.normalize("NFC", decoder(text))
    if capitals:
        return decoded.upper()
    return _raised(text, decoded) if encoding is Encoding.TCVN3 else decoded


def _raised(text: str, decoded: str) -> str:
    """`decoded` with the capitals that TCVN3 could not write, where the plain letters around leave no doubt."""
    words = [(match.span(), bool(_SHOUTED.fullmatch(match.group()))) for match in _WORD.finditer(text)]
    if not any(shouted for _, shouted in words):
        return decoded
    if not re.search("[a-z]", text):
        return decoded.upper()
    letters = list(decoded)  # one sign of TCVN3 is one letter, so places are the same
    for (start, end), shouted in words:
        if shouted:
            letters[start:end] = decoded[start:end].upper()
    return "".join(letters)


def detect(texts: Iterable[str]) -> Guess:
    """The encoding of a whole column, or of several short ones together.

    Never TCVN3 or VNI on the word of a lone short cell: below MIN_WORDS and MIN_LETTERS it stays Unicode.
    """
    cells = [text for text in texts if not text.isascii()]
    if not cells:
        return Guess(Encoding.ASCII, 1.0, 0)
    words = Counter(word for text in cells for word in _WORD.findall(text) if not word.isascii())
    decomposed = any(not unicodedata.is_normalized("NFC", text) for text in cells)
    unicode = Encoding.DECOMPOSED if decomposed else Encoding.UNICODE
    letters = sum(_accents(word) * count for word, count in words.items())
    own, _ = _sense(words, None)
    best = Guess(unicode, own, letters)
    for encoding in (Encoding.TCVN3, Encoding.VNI):
        score, good = _sense(words, _DECODERS[encoding])
        enough = len(_gained(good)) >= MIN_WORDS and sum(map(_accents, good)) >= MIN_LETTERS
        if enough and score >= max(MIN_SCORE, own + MARGIN) and score > best.score:
            best = Guess(encoding, score, letters)
    return best


def detect_columns(columns: Sequence[Sequence[str]]) -> list[Guess]:
    """The encoding of each column of one sheet.

    A column with too few words of its own ("Tèt", "Háng") follows the rest of the sheet, if it makes as much sense so
    read. Columns with letters that only Unicode has say nothing about that rest.
    """
    guesses = [detect(column) for column in columns]
    open_ones = (column for column in columns if not any(_BEYOND.search(text) for text in column))
    whole = detect(text for column in open_ones for text in column)
    if whole.encoding not in _DECODERS:
        return guesses
    return [
        _following(guess, column, whole.encoding) if guess.encoding is Encoding.UNICODE else guess
        for guess, column in zip(guesses, columns, strict=True)
    ]


def _following(guess: Guess, column: Sequence[str], encoding: Encoding) -> Guess:
    words = Counter(word for text in column for word in _WORD.findall(text) if not word.isascii())
    score, good = _sense(words, _DECODERS[encoding])
    return Guess(encoding, score, guess.letters) if _gained(good) and score > guess.score else guess


def _sense(words: Iterable[str], decoder: Callable[[str], str] | None) -> tuple[float, list[str]]:
    """The part of the different words that are syllables once decoded, and these words.

    A word with a digit in it is a code or a measure and has no say.
    """
    said = [word for word in words if not any(sign.isdigit() for sign in word)]
    if decoder is None:
        good = [word for word in said if is_syllable(word)]
    else:
        good = [word for word in said if not _BEYOND.search(word) and is_syllable(decoder(word))]
    return len(good) / max(len(said), 1), good


def _gained(good: Iterable[str]) -> list[str]:
    """Those that were no syllables before they were decoded."""
    return [word for word in good if not is_syllable(word)]


def _accents(word: str) -> int:
    return sum(not sign.isascii() for sign in word)
