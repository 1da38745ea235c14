"""Text on its way in (art. 4.3), and folded for searches: alike in Python and in the database."""

import unicodedata
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core import tcvn3
from core.text import clean_text, escape_like, fold

VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel, tone in product(VOWELS, TONES)] + ["đ", "Đ"]
ANY_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cn", "Co"), exclude_characters="\x00"), max_size=30)


def folded_by_database(texts):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array(SELECT qltb_fold(t) FROM unnest(%s::text[]) WITH ORDINALITY u(t, n) ORDER BY n)", [texts]
        )
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_all_vietnamese_letters_fold_alike_composed_and_decomposed():
    assert len(set(LETTERS)) == 24 * 6 + 2
    texts = LETTERS + [unicodedata.normalize("NFD", letter) for letter in LETTERS]
    assert folded_by_database(texts) == [fold(text) for text in texts]
    assert set(map(fold, texts)) == set("aeiouyd")


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(ANY_TEXT, min_size=1, max_size=30))
@example(["ĐỐNG ĐA", "ǘ Ω Σς İı ß K Å ﬁ", "a\u0300\u0301\u0327\u0345", "\u0301", "'; DROP --%_\\", "ā ō ő"])
def test_hostile_text_folds_alike(texts):
    assert folded_by_database(texts) == [fold(text) for text in texts]


def test_a_search_word_finds_what_is_written_with_accents():
    assert fold("BHXH quận Đống Đa") == "bhxh quan dong da"
    assert fold(unicodedata.normalize("NFD", "Nguyễn Ước")) == "nguyen uoc"


def test_wildcards_of_like_are_plain():
    assert escape_like("50%_a\\") == "50\\%\\_a\\\\"


@given(ANY_TEXT, st.booleans())
def test_clean_text_is_clean_once_and_for_all(text, multiline):
    try:
        cleaned = clean_text(text, multiline=multiline)
    except ValidationError:
        return
    assert unicodedata.is_normalized("NFC", cleaned)
    assert clean_text(cleaned, multiline=multiline) == cleaned
    assert "\r" not in cleaned
    assert multiline or "\n" not in cleaned
    assert not cleaned.startswith((" ", "\n"))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Máy   tính  ", "Máy tính"),
        (unicodedata.normalize("NFD", "Tổ Chế độ"), "Tổ Chế độ"),
        ("một\r\nhai\tba", "một hai ba"),
        ("số\u00a0máy\u2003mới", "số máy mới"),
        ("SN\u200b001\ufeff", "SN001"),
        ("bàn\u00adgiao", "bàngiao"),
        ("👍 Máy mới", "👍 Máy mới"),
    ],
)
def test_one_line_is_normalised(typed, stored):
    assert clean_text(typed) == stored


def test_several_lines_keep_their_ends_only():
    assert clean_text("  một  \r\nhai\rba\n\n", multiline=True) == "một\nhai\nba"


@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\u2066", "\u200f", "\ue000", "\ud800"]
)
def test_signs_that_are_no_text_are_refused_by_name(sign):
    with pytest.raises(ValidationError) as refusal:
        clean_text(f"Máy{sign}in")
    assert f"U+{ord(sign):04X}" in refusal.value.messages[0]


def test_lost_characters_are_refused():
    with pytest.raises(ValidationError) as refusal:
        clean_text("M\ufffdy tính")
    assert refusal.value.code == "lost_character"


LEGACY = [
    ("M¸y tÝnh", "Máy"),
    ("tÝnh ®Ó bµn", "tính"),
    ("Lª V¨n Hïng", "Lê"),
    ("C«ng ty cæ phÇn", "Công"),
    ("hÖ thèng", "hệ"),
    ("M· sè thuÕ", "Mã"),
    ("Phßng KÕ to¸n", "toán"),
    ("n\u00adíc", "nước"),
    ("Hµ Néi", "Hà"),
    ("Ba §×nh", "Đình"),
]
PLAIN = [
    "Máy tính để bàn", "10µm", "µm", "5 µF", "2®", "Intel® Core™ i5", "Intel®Core", "©2020 Microsoft",
    "Hewlett-Packard®",
    "Côté d'Azur", "François Müller", "São Paulo", "Muñoz", "Mª José", "Straße 5", "Øystein Sørensen", "L'Été", "naïve",
    "1920×1080", "n×m", "N·m", "kW·h", "«Máy tính»", "«PC»", "2½in", "¾ inch", "Ðà Nẵng", "MÁY TÍNH", "Máy TÍnh",
    "¡Hola!",
    "§5", "m²", "US£5", "JP¥100", "col·lecció", "20°C ±1", "ghi chú¹", "thiết bị¹", "a¦b", "1ª", "n.º 5", "·Máy in",
]  # fmt: skip


@pytest.mark.dieu("4.3")
@pytest.mark.parametrize(("typed", "meant"), LEGACY)
def test_text_of_tcvn3_fonts_is_refused_with_what_was_meant(typed, meant):
    with pytest.raises(ValidationError) as refusal:
        clean_text(typed)
    assert refusal.value.code == "legacy_font"
    assert "TCVN3" in refusal.value.messages[0]
    assert f"“{meant}”" in refusal.value.messages[0]


@pytest.mark.parametrize("typed", PLAIN)
def test_other_text_with_odd_signs_is_let_pass(typed):
    assert tcvn3.suspect(typed) == ""


def test_the_tcvn3_table_is_one_to_one():
    assert len(set(tcvn3.SIGNS)) == len(set(tcvn3.LETTERS)) == 74
    assert set(tcvn3.LETTERS) <= set(LETTERS)
    assert all(0xA1 <= ord(sign) <= 0xFE for sign in tcvn3.SIGNS)


@given(st.lists(st.sampled_from(["Máy", "tính", "đơn", "vị", "của", "Nguyễn", "Ba", "Đình"]), min_size=3, max_size=8))
def test_unicode_vietnamese_is_never_taken_for_a_legacy_font(words):
    assert tcvn3.suspect(" ".join(words)) == ""
