"""Choices found by typing."""

import json

import pytest
from django import forms
from django.contrib.contenttypes.models import ContentType

from tests.ui.support import make_request, make_types, search, types
from ui.choices import LongSelect, SearchSelect, found

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(settings):
    settings.ROOT_URLCONF = "tests.ui.urls"


class Choose(forms.Form):
    kind = forms.ModelChoiceField(
        ContentType.objects.filter(app_label__startswith="kit_"),
        to_field_name="model",
        widget=SearchSelect("things", also={"app": "#id_app"}, placeholder="Gõ tên loại"),
    )


def answer(**query):
    rows = found(make_request(data=query), types().order_by("model"), search=search, text=lambda row: row.model)
    return json.loads(rows.content)


def test_the_answer_is_short_and_says_how_many_more():
    make_types(120)
    everything = answer()
    assert [result["text"] for result in everything["results"]] == [f"kit{n:04}" for n in range(1, 21)]
    assert everything["more"] == 100
    some = answer(q="kit012")
    assert ([result["text"] for result in some["results"]], some["more"]) == (["kit0120"], 0)
    assert answer(q="a\x00") == {"results": [], "more": 0}


def test_the_page_holds_only_what_is_chosen(django_assert_num_queries):
    make_types(120)
    with django_assert_num_queries(0):
        empty = str(Choose()["kind"])
    assert 'data-search-url="/thiet-bi/"' in empty
    assert 'data-search-with="app:#id_app"' in empty
    assert 'data-placeholder="Gõ tên loại"' in empty
    form = Choose({"kind": "kit0007"})
    chosen = str(form["kind"])
    assert chosen.count("<option") == 2
    assert '<option value="kit0007" selected>' in chosen
    assert form.is_valid()


@pytest.mark.parametrize("value", ["contenttype", "'; drop", "<script>"])
def test_a_row_out_of_reach_is_no_choice_and_is_not_shown(value):
    form = Choose({"kind": value})
    assert not form.is_valid()
    assert '<option value="contenttype"' not in str(form["kind"])
    assert "<script>" not in str(form["kind"])


def test_a_number_that_is_none_is_no_choice():
    class ById(forms.Form):
        kind = forms.ModelChoiceField(types(), widget=SearchSelect("things"))

    form = ById({"kind": "abc"})
    assert not form.is_valid()
    assert str(form["kind"]).count("<option") == 1


def test_some_hundreds_are_all_in_the_page():
    field = forms.ChoiceField(choices=[(str(n), str(n)) for n in range(300)], widget=LongSelect)
    html = field.widget.render("kind", "7")
    assert html.count("<option") == 300
    assert "data-tom" in html
