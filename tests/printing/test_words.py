from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equipment.printing.words import money_in_words, number_in_words

UNITS = {w: n for n, w in enumerate(["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"])}
UNITS |= {"mốt": 1, "tư": 4, "lăm": 5}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (1000, "một nghìn"),
        (1001, "một nghìn không trăm linh một"),
        (1010, "một nghìn không trăm mười"),
        (21_000, "hai mươi mốt nghìn"),
        (15_000_000, "mười lăm triệu"),
        (14_890_000, "mười bốn triệu tám trăm chín mươi nghìn"),
        (1_000_005, "một triệu không trăm linh năm"),
        (178_680_000, "một trăm bảy mươi tám triệu sáu trăm tám mươi nghìn"),
        (1_000_000_000, "một tỷ"),
        (1_000_000_001, "một tỷ không trăm linh một"),
        (2_050_000_000, "hai tỷ không trăm năm mươi triệu"),
        (1_000_000_000_000, "một nghìn tỷ"),
        (1_005_000_000_000, "một nghìn không trăm linh năm tỷ"),
        (10**18, "một tỷ tỷ"),
    ],
)
def test_words(number, words):
    assert number_in_words(number) == words


def read(words: list[str]) -> int:
    """The number that the words say: a second reading of the rules, the other way round."""
    if "tỷ" in words:
        at = len(words) - 1 - words[::-1].index("tỷ")
        return read(words[:at]) * 10**9 + read(words[at + 1 :])
    for name, value in (("triệu", 10**6), ("nghìn", 1000), ("trăm", 100)):
        if name in words:
            at = words.index(name)
            return read(words[:at]) * value + read(words[at + 1 :])
    if "mươi" in words:
        return UNITS[words[0]] * 10 + read(words[2:])
    if words[:1] == ["mười"]:
        return 10 + read(words[1:])
    return UNITS[words[-1]] if words else 0


@given(st.one_of(st.integers(0, 10**18), st.integers(0, 10**6), st.integers(1, 999).map(lambda n: n * 10**9 + 5)))
def test_words_say_the_number(number):
    assert read(number_in_words(number).split()) == number


def test_money():
    assert money_in_words(Decimal(15_000_000)) == "Mười lăm triệu đồng."
    assert money_in_words(0) == "Không đồng."


def test_nothing_below_zero():
    with pytest.raises(ValueError, match="below zero"):
        number_in_words(-1)
