"""Encodings of the years before Unicode: every sign of the tables, round trips, and how surely columns are told."""

import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import tcvn3
from core.encodings import VNI, Encoding, convert, decode_vni, detect, detect_columns
from core.syllables import is_syllable
from core.text import clean_text

LINES = Path(__file__).with_name("equipment_lines.txt").read_text(encoding="utf-8").splitlines()
SIZES = (1, 2, 3, 5, 10, 20, 50, 100, 200)
TRIES = 40

# The table TCVN 5712:1993 (VN3), byte by byte, as UniKey and glibc have it.
TCVN3_BYTES = {
    0xA1: "Ă", 0xA2: "Â", 0xA3: "Ê", 0xA4: "Ô", 0xA5: "Ơ", 0xA6: "Ư", 0xA7: "Đ", 0xA8: "ă", 0xA9: "â", 0xAA: "ê",
    0xAB: "ô", 0xAC: "ơ", 0xAD: "ư", 0xAE: "đ", 0xB5: "à", 0xB6: "ả", 0xB7: "ã", 0xB8: "á", 0xB9: "ạ", 0xBB: "ằ",
    0xBC: "ẳ", 0xBD: "ẵ", 0xBE: "ắ", 0xC6: "ặ", 0xC7: "ầ", 0xC8: "ẩ", 0xC9: "ẫ", 0xCA: "ấ", 0xCB: "ậ", 0xCC: "è",
    0xCE: "ẻ", 0xCF: "ẽ", 0xD0: "é", 0xD1: "ẹ", 0xD2: "ề", 0xD3: "ể", 0xD4: "ễ", 0xD5: "ế", 0xD6: "ệ", 0xD7: "ì",
    0xD8: "ỉ", 0xDC: "ĩ", 0xDD: "í", 0xDE: "ị", 0xDF: "ò", 0xE1: "ỏ", 0xE2: "õ", 0xE3: "ó", 0xE4: "ọ", 0xE5: "ồ",
    0xE6: "ổ", 0xE7: "ỗ", 0xE8: "ố", 0xE9: "ộ", 0xEA: "ờ", 0xEB: "ở", 0xEC: "ỡ", 0xED: "ớ", 0xEE: "ợ", 0xEF: "ù",
    0xF1: "ủ", 0xF2: "ũ", 0xF3: "ú", 0xF4: "ụ", 0xF5: "ừ", 0xF6: "ử", 0xF7: "ữ", 0xF8: "ứ", 0xF9: "ự", 0xFA: "ỳ",
    0xFB: "ỷ", 0xFC: "ỹ", 0xFD: "ý", 0xFE: "ỵ",
}  # fmt: skip
# The table of VNI Windows, byte by byte; capitals have the capital base and the byte 0x20 lower.
VNI_BYTES = {
    "ă": "61EA", "â": "61E2", "ê": "65E2", "ô": "6FE2", "à": "61F8", "ả": "61FB", "ã": "61F5", "á": "61F9",
    "ạ": "61EF", "ằ": "61E8", "ẳ": "61FA", "ẵ": "61FC", "ắ": "61E9", "ặ": "61EB", "ầ": "61E0", "ẩ": "61E5",
    "ẫ": "61E3", "ấ": "61E1", "ậ": "61E4", "è": "65F8", "ẻ": "65FB", "ẽ": "65F5", "é": "65F9", "ẹ": "65EF",
    "ề": "65E0", "ể": "65E5", "ễ": "65E3", "ế": "65E1", "ệ": "65E4", "ò": "6FF8", "ỏ": "6FFB", "õ": "6FF5",
    "ó": "6FF9", "ọ": "6FEF", "ồ": "6FE0", "ổ": "6FE5", "ỗ": "6FE3", "ố": "6FE1", "ộ": "6FE4", "ờ": "F4F8",
    "ở": "F4FB", "ỡ": "F4F5", "ớ": "F4F9", "ợ": "F4EF", "ù": "75F8", "ủ": "75FB", "ũ": "75F5", "ú": "75F9",
    "ụ": "75EF", "ừ": "F6F8", "ử": "F6FB", "ữ": "F6F5", "ứ": "F6F9", "ự": "F6EF", "ỳ": "79F8", "ỷ": "79FB",
    "ỹ": "79F5", "ý": "79F9", "đ": "F1", "ơ": "F4", "ư": "F6", "ì": "EC", "ỉ": "E6", "ĩ": "F3", "í": "ED",
    "ị": "F2", "ỵ": "EE",
}  # fmt: skip


def tcvn3_of(text):
    """As typed in a TCVN3 font: capitals with accents are small ones, for plain text has no others."""
    signs = {letter: sign for sign, letter in zip(tcvn3.SIGNS, tcvn3.LETTERS, strict=True)}
    return "".join(signs.get(c) or signs.get(c.lower(), c) for c in text)


def vni_of(text):
    sequences = {letter: sequence for sequence, letter in VNI.items()}
    return "".join(sequences.get(c, c) for c in text)


def nfd(text):
    return unicodedata.normalize("NFD", text)


def test_the_tcvn3_table_byte_for_byte():
    read = {byte: convert(bytes([byte]).decode("cp1252"), Encoding.TCVN3) for byte in range(0xA1, 0x100)}
    assert {byte: letter for byte, letter in read.items() if byte in TCVN3_BYTES} == TCVN3_BYTES
    assert all(letter == bytes([byte]).decode("cp1252") for byte, letter in read.items() if byte not in TCVN3_BYTES)
    assert len(TCVN3_BYTES) == 74


def test_the_vni_table_byte_for_byte():
    small = {letter: bytes.fromhex(code).decode("cp1252") for letter, code in VNI_BYTES.items()}
    table = {sequence: letter for letter, sequence in small.items()}
    table |= {sequence.upper(): letter.upper() for letter, sequence in small.items()}
    assert table == VNI
    assert len(table) == 134
    assert sum(len(sequence) == 2 for sequence in table) == 116
    for sequence, letter in table.items():
        assert decode_vni(sequence) == letter


def test_the_longest_sequence_of_vni_wins():
    assert convert("ñôùi höõu phôû", Encoding.VNI) == "đới hữu phở"
    assert convert("Söûa chöõa maùy tính", Encoding.VNI) == "Sửa chữa máy tính"


ONSETS = ["", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "ph", "q"]
VOWELS = "aăâeêioôơuưy"
VOWEL = st.tuples(st.sampled_from(VOWELS), st.sampled_from(["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"])).map(
    lambda parts: unicodedata.normalize("NFC", "".join(parts))
)
SYLLABLE = st.tuples(
    st.sampled_from(ONSETS), st.sampled_from(["", "o", "u", "i"]), VOWEL, st.sampled_from(["", "n", "ng", "t", "ch"])
).map("".join)
PHRASE = st.lists(SYLLABLE, min_size=1, max_size=8).map(" ".join)


@given(PHRASE)
def test_small_letters_come_back_from_both_encodings(phrase):
    assert convert(tcvn3_of(phrase), Encoding.TCVN3) == phrase
    assert convert(vni_of(phrase), Encoding.VNI) == phrase
    assert clean_text(convert(vni_of(phrase), Encoding.VNI)) == phrase


@given(PHRASE)
def test_capitals_come_back_from_vni_and_from_h_fonts(phrase):
    phrase = phrase.upper()
    assert convert(vni_of(phrase), Encoding.VNI) == phrase
    assert convert(tcvn3_of(phrase), Encoding.TCVN3, capitals=True) == phrase


@given(PHRASE)
def test_unicode_is_composed_however_it_was_typed(phrase):
    half = "".join(nfd(sign) if at % 2 else sign for at, sign in enumerate(phrase))
    assert convert(half, Encoding.DECOMPOSED) == convert(nfd(phrase), Encoding.UNICODE) == phrase


@pytest.mark.parametrize("line", [line for line in LINES if not line.isascii()])
def test_what_is_converted_is_clean(line):
    assert clean_text(convert(vni_of(line), Encoding.VNI)) == line
    assert clean_text(convert(tcvn3_of(line), Encoding.TCVN3)).lower() == line.lower()


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("PHßNG KÕ TO¸N", "PHÒNG KẾ TOÁN"),
        ("§¬N VÞ Sö DôNG", "ĐƠN VỊ SỬ DỤNG"),
        ("Phßng KÕ to¸n", "Phòng Kế toán"),
        ("Phßng TæNG HîP", "Phòng TỔNG HỢP"),
        ("PC ®á", "PC đỏ"),
        ("n\u00adíc ngoµi", "nước ngoài"),
    ],
)
def test_capitals_that_the_words_show(stored, meant):
    assert convert(stored, Encoding.TCVN3) == meant


def test_a_cell_that_only_unicode_can_hold_is_left_alone_in_a_column_of_legacy_text():
    assert convert("Máy tính đã hỏng", Encoding.TCVN3) == "Máy tính đã hỏng"
    assert convert(nfd("Tủ mạng"), Encoding.VNI) == "Tủ mạng"


def columns(size):
    chance = random.Random(size)
    lines = [line for line in LINES if not line.isascii()]
    return [chance.sample(lines, size) for _ in range(TRIES)]


@pytest.mark.parametrize("size", SIZES)
def test_unicode_is_never_misread(size):
    for column in columns(size):
        assert detect(column).encoding is Encoding.UNICODE
        assert detect([line.upper() for line in column]).encoding is Encoding.UNICODE
        assert detect(map(nfd, column)).encoding is Encoding.DECOMPOSED
        assert detect([*column, nfd(column[0])]).encoding is Encoding.DECOMPOSED


@pytest.mark.parametrize("size", SIZES)
def test_legacy_columns_are_told(size):
    rates = {}
    for encoding, encode in ((Encoding.TCVN3, tcvn3_of), (Encoding.VNI, vni_of)):
        guesses = [detect(map(encode, column)).encoding for column in columns(size)]
        assert set(guesses) <= {encoding, Encoding.UNICODE}  # too little to tell; never the other one
        rates[encoding] = guesses.count(encoding) / TRIES
    print(size, rates)  # noqa: T201 - the rates are a figure of their own
    if size >= 10:
        assert rates == {Encoding.TCVN3: 1, Encoding.VNI: 1}


FOREIGN = [
    "Müller", "São Paulo", "Intel®Core", "1920×1080", "Côté d'Azur", "François", "Muñoz", "Straße 5", "Øystein",
    "5 µF", "N·m", "20°C ±1", "«PC»", "¾ inch", "Café", "Hôtel", "Zürich", "Malmö", "Besançon", "Città", "Español",
    "Hewlett-Packard®", "©2020 Microsoft", "Windows™", "½", "naïve", "Ångström", "Curaçao", "Brontë", "Ñandú",
]  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_names_in_a_column_of_codes_stay_what_they_are(name):
    codes = [f"PC-{number:04}" for number in range(50)]
    assert detect([*codes, name]).encoding is Encoding.UNICODE
    assert convert(name, Encoding.UNICODE) == name


def test_all_of_them_together_stay_what_they_are():
    assert detect(FOREIGN).encoding is Encoding.UNICODE
    assert detect([*FOREIGN, *LINES]).encoding is Encoding.UNICODE
    assert detect([]).encoding is Encoding.ASCII
    assert detect(["PC-01", "HP LaserJet"]).encoding is Encoding.ASCII


@pytest.mark.parametrize("cell", ["M¸y in", "M¸y tÝnh", "Maùy in", "Tèt", "Hµ Néi", "Lª V¨n Hïng"])
def test_a_lone_short_cell_is_never_enough(cell):
    assert detect([cell]).encoding is Encoding.UNICODE
    assert detect([cell] * 500).encoding is Encoding.UNICODE


def test_one_sentence_again_and_again_is_enough_when_it_is_long():
    assert detect([tcvn3_of("Nguyễn Văn A, phòng Kế toán thuộc cơ quan")] * 20).encoding is Encoding.TCVN3


def test_a_column_of_few_words_follows_its_sheet():
    names = [tcvn3_of(line) for line in LINES[:30]]
    states = [tcvn3_of(state) for state in ("Tốt", "Hỏng", "Đang sửa")] * 10
    codes = [f"SN{number}" for number in range(30)]
    vendors = ["Müller", "Hewlett-Packard®"] * 15
    assert [guess.encoding for guess in detect_columns([names, states, codes, vendors])] == [
        Encoding.TCVN3, Encoding.TCVN3, Encoding.ASCII, Encoding.UNICODE,
    ]  # fmt: skip
    typed = ["Tốt", "Hỏng", "Máy"] * 10
    assert detect_columns([names, typed])[1].encoding is Encoding.UNICODE


@pytest.mark.parametrize("word", ["nghiêng", "Đắk", "quyết", "khuỷu", "ƯỚC", "giặt", "y", "thuở"])
def test_syllables(word):
    assert is_syllable(word)
    assert is_syllable(nfd(word))


@pytest.mark.parametrize("word", ["tèt", "bàc", "Müller", "côté", "", "ng", "máý", "straße", "×"])
def test_what_is_no_syllable(word):
    assert not is_syllable(word)
