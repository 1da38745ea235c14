"""Numbers in Vietnamese words, as vouchers want the sum written out."""

from decimal import Decimal

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", " nghìn", " triệu")
_BILLION = 10**9


def number_in_words(number: int) -> str:
    """A natural number in words: 1005 is "một nghìn không trăm linh năm". Raises ValueError below zero."""
    if number < 0:
        message = f"{number} is below zero"
        raise ValueError(message)
    if number == 0:
        return _DIGITS[0]
    return " ".join(_parts(number))


def money_in_words(amount: Decimal | int) -> str:
    """Whole đồng as a sentence: "Mười lăm triệu đồng."."""
    words = number_in_words(int(amount))
    return f"{words[0].upper()}{words[1:]} đồng."


def _parts(number: int, *, inner: bool = False) -> list[str]:
    """Words from the billions down. `inner` says that higher words stand before, so empty hundreds are spoken."""
    if number >= _BILLION:
        billions, rest = divmod(number, _BILLION)
        parts = [*_parts(billions, inner=inner), "tỷ"]
        return parts + (_parts(rest, inner=True) if rest else [])
    parts = []
    for power in (2, 1, 0):
        group, number = divmod(number, 1000**power)
        if group:
            parts.append(_group(group, inner=inner or bool(parts)) + _GROUPS[power])
    return parts


def _group(number: int, *, inner: bool) -> str:
    """Three digits in words."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or inner else []
    if tens > 1:
        words += [_DIGITS[tens], "mươi"]
        if ones:
            words.append({1: "mốt", 4: "tư", 5: "lăm"}.get(ones, _DIGITS[ones]))
    elif tens == 1:
        words.append("mười")
        if ones:
            words.append("lăm" if ones == 5 else _DIGITS[ones])  # noqa: PLR2004 - the digit five
    elif ones:
        words += ["linh", _DIGITS[ones]] if words else [_DIGITS[ones]]
    return " ".join(words)
