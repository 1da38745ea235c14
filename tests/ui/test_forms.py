"""Form pages: where errors stand, and that nothing typed is lost."""

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.db import models

from core.changes import Change
from core.errors import DomainError, SeveralProblemsError, StaleError
from tests.ui.support import make_request
from ui.form_base import KitModelForm, form_field
from ui.forms import (
    DateField,
    Group,
    KitForm,
    LongTextField,
    MoneyField,
    TextField,
    VersionedForm,
    confirm_action,
    handle_form,
)

HOSTILE = '"><script>alert(1)</script>'
CHANGE = Change("Vị trí", "P.101", HOSTILE, "Người khác", datetime(2026, 11, 25, 1, 30, tzinfo=UTC))


class Delivery(VersionedForm):
    groups = (Group("Bên giao", ("supplier", "price"), help="Theo biên bản"), Group("Thời gian", ("day",)))
    halves = ("price",)

    supplier = TextField(label="Nhà cung cấp", max_length=20, help_text="Tên đầy đủ")
    price = MoneyField(label="Giá")
    day = DateField(label="Ngày giao")
    agreed = forms.BooleanField(label="Đã kiểm tra", required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, required=False)


GOOD = {"supplier": "Công ty A", "price": "1.000", "day": "25/11/2026", "version": "3"}


def page(data=None, *, act=lambda _: None, done="Đã lưu.", back="/ve/", form=Delivery, **more):
    request = make_request("/tao/", data, method="get" if data is None else "post")
    response = handle_form(request, form=form, act=act, done=done, back=back, title="Giao nhận", **more)
    response.said = [str(message) for message in get_messages(request)]
    return response


pytestmark = pytest.mark.django_db  # the act runs in a transaction


def test_the_form_is_grouped_labelled_and_marked():
    html = page().content.decode()
    assert html.index("Bên giao") < html.index("Nhà cung cấp") < html.index("Thời gian") < html.index("Ngày giao")
    assert "Theo biên bản" in html
    assert re.search(r'<label class="form-label" for="id_supplier">Nhà cung cấp <span class="required">bắt buộc', html)
    assert re.search(r'<input[^>]*name="supplier"[^>]*aria-describedby="id_supplier_helptext"', html)
    assert '<p class="field-help" id="id_supplier_helptext">Tên đầy đủ</p>' in html
    assert "field field--half" in html
    assert '<label class="form-check" for="id_agreed">' in html
    assert "<legend" in html.split("Đã kiểm tra")[1]
    assert 'href="/ve/"' in html
    assert "csrfmiddlewaretoken" in html
    assert "novalidate" in html
    assert html.count("autofocus") == 0


def test_errors_stand_at_their_fields_and_are_summed_up():
    response = page(GOOD | {"supplier": HOSTILE, "price": "-5", "day": "31/02/2026"})
    html = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#id_price">Giá: Số tiền không được âm.</a>' in html
    assert '<a href="#id_day">Ngày giao: Không có ngày 31/02/2026.' in html
    day = re.search(r'<input[^>]*name="day"[^>]*>', html)[0]
    assert 'aria-invalid="true"' in day
    assert 'aria-describedby="id_day_error"' in day
    assert 'value="31/02/2026"' in day
    assert 'id="id_day_error"' in html
    assert 'id="id_supplier_helptext"' in html
    assert 'aria-describedby="id_supplier_helptext id_supplier_error"' in html
    assert "<script>alert" not in html
    assert html.count("autofocus") == 1
    assert "autofocus" in re.search(r'<input[^>]*name="supplier"[^>]*>', html)[0]


def test_a_missing_file_or_choice_is_linked_to_its_control():
    class Upload(KitForm):
        file = forms.FileField(label="Biên bản")
        kind = forms.MultipleChoiceField(label="Loại", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)

    html = page({}, form=Upload).content.decode()
    assert 'enctype="multipart/form-data"' in html
    assert '<a href="#id_file">' in html
    target = re.search(r'<a href="#(\w+)">Loại', html)[1]
    assert f'id="{target}"' in html


def test_a_good_form_acts_once_says_so_and_goes_back():
    seen = []
    response = page(GOOD, act=seen.append, done=lambda _: "Đã nhận.", back=lambda _: "/moi/")
    assert [data["price"] for data in seen] == [Decimal(1000)]
    assert seen[0]["version"] == 3
    assert (response.status_code, response.url) == (302, "/moi/")
    assert response.said == ["Đã nhận."]


def test_what_a_rule_refuses_is_shown_at_its_field_and_keeps_what_was_typed():
    def act(_):
        raise DomainError("Nhà cung cấp đã ngừng.", field="supplier")

    response = page(GOOD, act=act)
    html = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#id_supplier">Nhà cung cấp: Nhà cung cấp đã ngừng.</a>' in html
    assert 'value="Công ty A"' in html
    assert response.said == []


def test_several_refusals_at_once_and_unknown_fields_go_to_the_form():
    def act(_):
        raise SeveralProblemsError(
            [DomainError("Giá quá cao.", field="price"), DomainError("Chưa đủ dòng.", field="lines")]
        )

    html = page(GOOD, act=act).content.decode()
    assert '<a href="#id_price">Giá: Giá quá cao.</a>' in html
    assert "<li>Chưa đủ dòng.</li>" in html


def test_a_refused_act_leaves_nothing_written():
    def act(_):
        ContentType.objects.create(app_label="kit_one", model="half")
        raise DomainError("Không được.")

    assert page(GOOD, act=act).status_code == 422
    assert not ContentType.objects.filter(model="half").exists()


def test_a_stale_record_shows_what_changed_and_the_next_press_wins():
    def act(_):
        raise StaleError([CHANGE], version=7)

    response = page(GOOD | {"supplier": "Của tôi"}, act=act)
    html = response.content.decode()
    assert response.status_code == 422
    assert 'value="Của tôi"' in html
    assert re.search(r'<input type="hidden" name="version" value="7"', html)
    assert "<del>P.101</del>" in html
    assert "Người khác · 25/11/2026 08:30" in html
    assert "<script>alert" not in html
    assert "Chưa lưu được" not in html


@pytest.mark.parametrize("version", ["", "abc", "-1"])
def test_a_tampered_version_is_an_error_not_a_crash(version):
    response = page(GOOD | {"version": version})
    assert response.status_code == 422
    assert "Chưa lưu được" in response.content.decode()


def test_confirming_asks_first_and_takes_the_reason():
    class Reason(KitForm):
        reason = LongTextField(label="Lý do")

    def ask(data=None):
        request = make_request("/huy/", data, method="get" if data is None else "post")
        return confirm_action(
            request,
            act=lambda cleaned: seen.append(cleaned["reason"]),
            title="Hủy hồ sơ",
            text=f"Hủy hồ sơ TN-01 {HOSTILE}?",
            consequence="Không lấy lại được.",
            submit="Hủy hồ sơ",
            done="Đã hủy.",
            back="/ve/",
            form=Reason,
        )

    seen: list[str] = []
    html = ask().content.decode()
    assert "Không lấy lại được." in html
    assert "<script>alert" not in html
    assert "btn-danger" in html
    assert ask({"reason": " "}).status_code == 422
    assert seen == []
    assert ask({"reason": "Nhập nhầm"}).url == "/ve/"
    assert seen == ["Nhập nhầm"]


class Sample(models.Model):
    name = models.CharField(max_length=10)
    notes = models.TextField(blank=True)
    price = models.DecimalField(max_digits=18, decimal_places=0)
    rate = models.DecimalField(max_digits=5, decimal_places=2)
    day = models.DateField()
    at = models.DateTimeField()
    state = models.CharField(max_length=1, choices=[("a", "A")])

    class Meta:
        app_label = "kit_sample"
        managed = False

    def __str__(self):
        return self.name


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("name", TextField),
        ("notes", LongTextField),
        ("price", MoneyField),
        ("rate", forms.DecimalField),
        ("day", DateField),
        ("at", forms.DateTimeField),
        ("state", forms.TypedChoiceField),
    ],
)
def test_model_forms_use_our_fields(name, kind):
    class SampleForm(KitModelForm):
        class Meta:
            model = Sample
            fields = ["name", "notes", "price", "rate", "day", "at", "state"]

    assert type(SampleForm().fields[name]) is kind
    assert type(form_field(Sample._meta.get_field(name))) is kind
    assert SampleForm().fields["name"].max_length == 10
