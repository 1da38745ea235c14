"""Every choice of every form, sent with what isn't offered: an error at the field or 404, and nothing saved."""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.db import connection
from django.urls import reverse

from core.walls import concrete_models
from equipment.models import Equipment, Intake, IntakeLine
from notices.rules import Topic
from tests.isolation.conftest import undone
from tests.isolation.country import BELOW, CUSTODY, MIDDLE, PEER, Country
from tests.isolation.matrix import ROWS, read
from tests.isolation.spider import words
from tests.world import confirmed, devices

WRONG = ["99999999", "-1", "khong-co", "%"]
NOT_DATA = {"django_session"}
MARKER = re.compile("zq[0-9a-f]{12}")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# The log-in has no choices; labels are chosen in a list and have a test of their own; a new address for one's calendar
# asks nothing. No device to sign with is plugged in, so that none can be chosen. The country's yearly reports are in
# no state for these steps, which ask for no choice (tests/yearend).
NOT_NOW = "send|accept|send_back|file_check|withdraw|start|unlock_ask"
WITHOUT_CHOICES = re.compile(f"account_|labels|^calendar:feed_issue$|^signing:sign_device$|^yearend:({NOT_NOW})$")
FORMS = [name for name, row in ROWS.items() if row.get and row.post and not WITHOUT_CHOICES.search(name)]
LISTS = [
    "equipment:list",
    "search",
    "imports:list",
    "notices:list",
    "intakes:list",
    "transfers:list",
    "deadlines:list",
    "deadlines:urgings",
    "disposals:list",
    "disposals:suggestions",
    "losses:lost",
    "losses:found",
    "software:list",
    "catalogue:rates",
    "catalogue:categories",
    "catalogue:brands",
    "catalogue:models",
]


def everything() -> dict[str, tuple[int, int]]:
    """Rows and content of every table."""
    tables = sorted({m._meta.db_table for m in concrete_models()} - NOT_DATA)
    parts = [f"SELECT '{t}', count(*), coalesce(sum(hashtext(r::text)), 0) FROM \"{t}\" r" for t in tables]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return {table: (count, total) for table, count, total in cursor.fetchall()}


def holder_of(name: str) -> str:
    """Who may send the form."""
    return next(who for who in ("business", "admin1") if (ROWS[name].get or {}).get(who) == 200)


def choices_of(form: forms.BaseForm) -> Iterator[tuple[str, forms.ChoiceField]]:
    return ((n, f) for n, f in form.fields.items() if isinstance(f, forms.ChoiceField))


def not_offered(field: forms.ChoiceField) -> list[str]:
    """Rows that exist but aren't among the field's, and what doesn't exist at all."""
    if not isinstance(field, forms.ModelChoiceField):
        return WRONG
    key = field.to_field_name or "pk"
    offered = set(field.queryset.values_list(key, flat=True))
    others = [k for k in field.queryset.model._base_manager.values_list(key, flat=True) if k not in offered]
    return [*map(str, others), *WRONG]


def _forms_of(context: Any) -> Iterator[forms.BaseForm]:
    if form := context.get("form"):  # a confirmation may ask nothing
        yield form
    if lines := context.get("lines"):
        yield from lines.forms


@pytest.mark.parametrize("name", FORMS)
def test_a_choice_that_is_not_offered_is_refused_at_its_field(country, name):
    row, who = ROWS[name], holder_of(name)
    url = row.url(name, country)
    page, before = country.client(who).get(url), everything()
    chosen = [(form, *choice) for form in _forms_of(page.context) for choice in choices_of(form)]
    if chosen:
        with undone():  # the form as it is sent here is right but for the choice
            right = country.client(who).post(url, row.data(country))
            assert right.status_code in {302, 200}
    for form, field_name, field in chosen:
        for wrong in not_offered(field):
            data = {**row.data(country), **_sent(form), form.add_prefix(field_name): wrong}
            response = country.client(who).post(url, data)
            shown = {e for f in _forms_of(response.context) for e in f.errors}
            assert (response.status_code, field_name in shown) == (422, True), (field_name, wrong)
    assert everything() == before


def _sent(form: forms.BaseForm) -> dict[str, Any]:
    """What a line of a draft would send; the head's own fields are the row's data."""
    if not form.prefix:
        return {}
    sent = {"lines-TOTAL_FORMS": "1", "lines-INITIAL_FORMS": "0"}
    return sent | {form.add_prefix(n): form[n].value() or "" for n in form.fields if n != "DELETE"}


def test_choices_were_found_in_forms(country):
    """Or the test above would pass on forms that it doesn't understand."""
    found = {}
    for name in FORMS:
        row = ROWS[name]
        page = country.client(holder_of(name)).get(row.url(name, country))
        found[name] = {n for form in _forms_of(page.context) for n, _ in choices_of(form)}
    assert {name: names for name, names in found.items() if names} == {
        "equipment:edit": {"model", "room", "condition"},
        "intakes:create": {"fund_source", "category", "model"},
        "intakes:edit": {"fund_source", "category", "model"},
        "intakes:correct": {"fund_source"},
        "intakes:attach": {"kind"},
        "imports:create": {"existing"},
        "notices:options": set(Topic),
        "repairs:create": {"kind", "sent_to"},
        "repairs:edit": {"kind", "sent_to"},
        "repairs:results": {f"result_{country.middle.more['repair_sent'].lines.get().pk}"},
        "repairs:attach": {"kind"},
        "transfers:create": {"receiver", "licences"},
        "transfers:edit": {"receiver", "licences"},
        "transfers:receive": {"result_1"},
        "transfers:settle": {"outcome_1"},
        "transfers:attach": {"kind"},
        "disposals:create": {"act", "method", "reason"},
        "disposals:create_suggested": {"act", "method", "reason"},
        "disposals:edit": {"method", "reason"},
        "disposals:line": {"condition", "method", "reason"},
        "disposals:attach": {"kind"},
        "losses:create_found": {"condition"},
        "losses:attach": {"kind"},
        "procedures:create": {"procedure", "document_kind", "when", "stage"},
        "procedures:edit": {"procedure", "document_kind", "when", "stage"},
        "personnel:create": {"title"},
        "personnel:edit": {"title", "room", "state", "account"},
        "assignments:create": {"employee", "room"},
        "assignments:give_back": {"room"},
        "assignments:attach": {"kind"},
        "deadlines:urge": {"units"},
        "calendar:add": {"working"},
        "calendar:edit": {"working"},
        "support:create": {"topic"},
        "support:prioritise": {"priority"},
        "help:create": {"topic"},
        "help:edit": {"topic"},
        "norms:groups": {f"title_{country.shared['norm_set'].titles.get().title_id}"},
        "norms:add": {"scope", "counted", "category", "alternatives"},
        "norms:norm_edit": {"scope", "counted", "category", "alternatives"},
        "software:install": {"software"},
        "software:edit": {"origin"},
        "catalogue:rate_create": {"regime", "category"},
        "imports:match": {*(f"field_{n}" for n in range(8)), "encoding_1", "encoding_2", "encoding_6"},
        "catalogue:category_create": {"parent", "attribute_keys"},
        "catalogue:category_edit": {"parent", "attribute_keys"},
        "catalogue:model_create": {"brand", "category"},
        "catalogue:model_edit": {"brand"},
        "analysis:schedule_create": {"file_kind", "every"},
        "analysis:schedule_edit": {"file_kind", "every"},
        "analysis:alert_create": {"row", "column", "compare", "measure", "every"},
        "analysis:alert_edit": {"row", "column", "compare", "measure", "every"},
        "signatures:create": {"unit", "step"},
        "signers:create": {"unit", "step"},
        "signing:sign_file": {"step", "picture"},
        "signing:sign_outside": {"step"},
        "surveys:attach": {"kind"},
        "surveys:edit": {"r1_4_answer", "r3_2_answer", "r3_2_1_answer", "r3_5_answer"},
        "yearend:attach": {"kind"},
        "yearend:unlocks:attach": {"kind"},
        "yearend:unlocks:decide": {"decision"},
    }


@pytest.mark.parametrize("name", LISTS)
def test_a_filter_that_is_not_offered_shows_no_row(country, name):
    """A foreign unit is answered as one that doesn't exist."""
    client = country.client("peer")
    form = client.get(reverse(name)).context["filters"]
    for field_name, field in choices_of(form):
        for at, wrong in enumerate(not_offered(field)):
            for extra in ({}, {"export": "csv"}, {"export": "xlsx"})[: 1 if at else 3]:
                response = client.get(reverse(name), {field_name: wrong, **extra})
                assert (response.status_code, response.context["count"]) == (400, 0), (field_name, wrong)
    pages = [_plain(words(client.get(reverse(name), {"unit": code}))) for code in (MIDDLE, "99")]
    assert pages[0] == pages[1]


def _plain(page: str) -> str:
    """Without the codes that were asked for; keys that are made by chance may hold their digits, and so may a clock."""
    page = re.sub(rf"(?<!\d)({re.escape(MIDDLE)}|99)(?!\d)", "", MARKER.sub("", UUID.sub("", page)))
    return "\n".join(line for line in page.splitlines() if "csrf" not in line and "content-length" not in line)


@pytest.mark.parametrize("code", ["00", MIDDLE, PEER, BELOW, "00.CNTT", "01.P1", "", "99"])
def test_a_draft_for_a_unit_that_one_does_not_record_for(country, walls, code):
    """Văn phòng records for itself and for the unit in its custody, and for no other (art. 13.7)."""
    client, before = country.client("vanphong"), everything()
    data = {**ROWS["intakes:create"].data(country), "unit": code}
    response = client.post(reverse("intakes:create"), data)
    assert response.status_code == 422
    assert "unit" in response.context["form"].errors
    assert everything() == before
    assert client.post(reverse("intakes:create"), {**data, "unit": CUSTODY}).status_code == 302


def test_who_records_for_one_unit_cannot_name_another(country):
    data = {**ROWS["intakes:create"].data(country), "unit": PEER, "unit_id": country.world.units[PEER].pk}
    response = country.client("business").post(reverse("intakes:create"), data)
    assert response.status_code == 302
    assert Intake.objects.latest("pk").unit == country.middle.unit


FOREIGN_FIELDS = ["unit", "unit_id", "state", "number", "created_by", "confirmed_by", "intake", "status", "code"]


@pytest.mark.parametrize("name", ["intakes:edit", "intakes:correct", "equipment:edit"])
def test_fields_that_a_form_lacks_change_nothing(country, name):
    """Whatever else is sent along: the unit, the number, the state stay."""
    row, middle = ROWS[name], country.middle
    extra = dict.fromkeys(FOREIGN_FIELDS, str(country.world.units[PEER].pk)) | {"original_price": "1"}
    assert country.client("business").post(row.url(name, country), {**row.data(country), **extra}).status_code == 302
    intake = middle.confirmed if name == "intakes:correct" else middle.draft
    kept = ("unit_id", "number", "state", "created_by_id", "confirmed_by_id", "handover_date")
    now = Intake.objects.get(pk=intake.pk)
    assert [getattr(now, f) for f in kept] == [getattr(intake, f) for f in kept]
    kept = ("unit_id", "code", "status", "intake_id", "original_price", "category_id")
    now_device = Equipment.objects.get(pk=middle.device.pk)
    assert [getattr(now_device, f) for f in kept] == [getattr(middle.device, f) for f in kept]


def _line(country: Country, **changes: Any) -> dict[str, Any]:
    return {
        "lines-TOTAL_FORMS": "1",
        "lines-INITIAL_FORMS": "0",
        "lines-0-category": country.world.desktop.code,
        "lines-0-quantity": "1",
        **{f"lines-0-{name}": value for name, value in changes.items()},
    }


@pytest.mark.parametrize("whose", [PEER, BELOW, "another of one's own"])
def test_a_line_of_another_dossier_is_not_taken(country, walls, whose):
    """Own parent, foreign child (Shelf's hole): the foreign line stays as and where it is."""
    other = country.holdings[whose].draft if whose in country.holdings else country.middle.overdue
    line = IntakeLine.objects.get(intake=other)
    before = IntakeLine.objects.filter(pk=line.pk).values().get()
    draft = country.middle.draft
    data = {**ROWS["intakes:edit"].data(country), **_line(country, pk=line.pk, name="Chiếm lấy", items="")}
    country.client("business").post(reverse("intakes:edit", args=[draft.number]), data)
    assert IntakeLine.objects.filter(pk=line.pk).values().get() == before
    assert {n.unit_id for n in IntakeLine.objects.filter(intake=draft)} == {draft.unit_id}


@pytest.mark.parametrize("whose", [PEER, BELOW, MIDDLE])
def test_a_document_of_another_dossier_is_not_reached_through_ones_own(country, walls, whose):
    number = country.middle.draft.number
    for document in (country.holdings[whose].scan, country.holdings[whose].issued):
        before = everything()
        url = reverse("intakes:detach", args=[number, document.public_id])
        client = country.client("business")
        assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)
        assert everything() == before


def test_models_of_other_categories_and_closed_entries(country):
    world, client = country.world, country.client("business")
    url = reverse("intakes:edit", args=[country.middle.draft.number])
    head, before = ROWS["intakes:edit"].data(country), everything()
    for changes, field in (
        ({"model": country.other_model.pk}, "model"),
        ({"category": country.closed.code}, "category"),
        ({"category": world.desktop.parent.code}, "category"),  # a group holds no devices
    ):
        response = client.post(url, {**head, **_line(country, **changes)})
        assert response.status_code == 422
        assert field in response.context["lines"].forms[0].errors
    assert everything() == before


def test_labels_pass_foreign_devices_over(country, walls):
    client, foreign = country.client("peer"), country.middle.device
    own = country.holdings[PEER].device
    for wanted in ({}, {"in": "pdf"}, {"in": "nhanh"}):
        told = words(client.get(reverse("equipment:labels"), {"id": [own.code, foreign.code], **wanted}))
        assert own.code.lower() in told
        assert foreign.code.lower() not in told
        told = words(client.post(reverse("equipment:labels"), {"all": "1", "filter": "", **wanted}))
        assert own.code.lower() in told
        assert foreign.code.lower() not in told
    for asked in (f"unit={MIDDLE}", f"intake={country.middle.confirmed.number}", f"q={foreign.serial}"):
        response = client.get(reverse("equipment:labels"), {"all": "1", "filter": asked})
        assert response.status_code == 302


def test_the_duplicate_of_another_unit_is_not_told(country):
    """The same serial in another unit: taken in without a word, and IT Center sees both."""
    serial = country.holdings[PEER].device.serial
    made = confirmed(country.world, country.user("business"), [serial])
    assert [d.serial for d in devices(made)] == [serial]
    url = reverse("intakes:detail", args=[made.number])
    told = words(country.client("business").get(url))
    assert country.holdings[PEER].device.code.lower() not in told


def test_an_unknown_submission_or_prefix_is_harmless(country):
    client = country.client("business")
    data = {"prefix": '"><script>', '"><script>-category': country.closed.code}
    response = client.post(reverse("intakes:line"), data)
    assert response.status_code == 200
    assert b"<script>" not in read(response)
    sent = {**ROWS["intakes:create"].data(country), "submission": str(uuid.uuid4())}
    first = client.post(reverse("intakes:create"), sent)
    for again in ("business", "peer"):  # another person's form is never found
        response = country.client(again).post(reverse("intakes:create"), sent)
        assert (response.headers["Location"] == first.headers["Location"]) == (again == "business")
