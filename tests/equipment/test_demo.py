import hashlib
import re
from collections import Counter as Tally
from ipaddress import ip_address, ip_network
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db.models import Count, Q, Sum
from django.test import Client, TestCase, override_settings

from accounts import demo as people
from accounts.models import User
from core.models import Counter, Document, Event
from deadlines.models import Obligation
from deadlines.queries import calendar
from deadlines.rules import due_date, state_of
from equipment.demo.market import Buyer, Market
from equipment.demo.papers import MOST
from equipment.models import Category, Equipment, Intake, IntakeLine, LedgerEntry, SerialClash
from equipment.rules.attributes import attributes_of, clean_attribute
from equipment.rules.lifecycle import Status
from orgs.models import OrgUnit
from orgs.rules import UnitKind
from tests.demo_country import TODAY, ask, load_country, make, structure

DEVICES = 900  # a little more than there are agencies


def _on_offer(market, buyer, year):
    products, weights = market.offers(buyer, year)
    assert len(products) == len(weights)
    return products


class TestDemo(TestCase):
    """One load serves all tests of the class; Django undoes it at the end."""

    @classmethod
    def setUpTestData(cls):
        cls.folder = cls.enterClassContext(TemporaryDirectory())
        load_country()
        before = structure()
        with override_settings(DEMO=True, DOCUMENTS_ROOT=cls.folder):
            assert make(devices=DEVICES).devices == DEVICES
        assert structure() == before

    def test_the_books_balance_for_each_unit_and_category(self):
        live = ~Q(status__in=[Status.DISPOSED, Status.LOST])
        books = {
            (unit, category): (quantity, value)
            for unit, category, quantity, value in LedgerEntry.objects.order_by()
            .values_list("unit", "category")
            .annotate(quantities=Sum("quantity"), values=Sum("value"))
        }
        held = {
            (unit, category): (count, value or 0)
            for unit, category, count, value in Equipment.objects.order_by()
            .values_list("unit", "category")
            .annotate(count=Count("pk", filter=live), price=Sum("original_price", filter=live))
        }
        assert books == held
        assert sum(count for count, _ in held.values()) < DEVICES

    def test_the_state_of_a_device_is_what_its_entries_amount_to(self):
        ends = {Status.DISPOSED: ["intake", "disposal"], Status.LOST: ["intake", "lost"]}
        entries = {}
        for pk, kind, day in LedgerEntry.objects.order_by("effective_date", "id").values_list(
            "equipment", "kind", "effective_date"
        ):
            entries.setdefault(pk, []).append((kind, day))
        for item in Equipment.objects.all():
            kinds = [kind for kind, _ in entries[item.pk]]
            assert kinds == ends.get(item.status, ["intake"])
            assert entries[item.pk][0][1] == item.received_on
        assert set(Equipment.objects.values_list("status", flat=True)) >= {"in_use", "in_stock", "disposed"}

    def test_history_leads_to_what_stands(self):
        names = [f.attname for f in Equipment.history.model.tracked_fields]
        history = {}
        for row in Equipment.history.order_by("history_id"):
            history.setdefault(row.id, []).append(row)
        assert len(history) == DEVICES
        for item in Equipment.objects.all():
            rows = history[item.pk]
            assert [row.history_type for row in rows] == ["+", "~"][: item.version]
            assert all(getattr(rows[-1], name) == getattr(item, name) for name in names)
            assert all(row.history_user_id and row.history_change_reason for row in rows)
            assert [row.version for row in rows] == list(range(1, item.version + 1))
        assert Intake.history.filter(history_type="+", state="draft").count() == Intake.objects.count()
        assert Intake.history.filter(history_type="~").count() == Intake.objects.filter(state="confirmed").count()
        assert IntakeLine.history.count() == IntakeLine.objects.count()

    def test_every_agency_has_devices_and_none_is_recorded_in_the_future(self):
        agencies = OrgUnit.objects.agencies().in_force(TODAY).exclude(kind=UnitKind.HQ)
        assert set(agencies.values_list("pk", flat=True)) == set(Equipment.objects.values_list("unit", flat=True))
        assert not Intake.objects.filter(Q(handover_date__gte=TODAY) | Q(confirmed_at__date__gte=TODAY)).exists()
        assert not Equipment.history.filter(history_date__date__gte=TODAY).exists()
        assert not LedgerEntry.objects.filter(effective_date__gt=TODAY).exists()
        lines = dict(
            IntakeLine.objects.filter(intake__state="confirmed").values_list("intake").annotate(Sum("quantity"))
        )
        assert lines == dict(Equipment.objects.order_by().values_list("intake").annotate(Count("pk")))

    def test_rooms_belong_to_the_unit(self):
        for unit, room in Equipment.objects.exclude(room=None).values_list("unit__path", "room__path").distinct():
            assert room.startswith(unit)
            assert len(room) == len(unit) + OrgUnit.steplen

    def test_counters_go_on_after_the_numbers_given_out(self):
        given = Tally(code.rpartition("-")[0] for code in Equipment.objects.values_list("code", flat=True))
        asset = dict(Counter.objects.filter(key="asset").values_list("unit__code", "value"))
        assert asset == given
        for code in Equipment.objects.values_list("code", flat=True):
            unit, _, number = code.rpartition("-")
            assert 1 <= int(number) <= asset[unit]
        intakes = {(unit, key): value for unit, key, value in Counter.objects.values_list("unit__code", "key", "value")}
        for number in Intake.objects.values_list("number", flat=True):
            _, unit, year, running = number.split("-")
            assert int(running) <= intakes[unit, f"intake-{year}"]

    def test_what_was_owed_follows_the_calendar(self):
        days = calendar()
        owed = {o.subject_id: o for o in Obligation.objects.all()}
        for intake in Intake.objects.all():
            obligation = owed.pop(intake.pk)
            done = intake.confirmed_at.date() if intake.confirmed_at else None
            assert days.is_working(intake.handover_date)
            assert obligation.start_date == intake.handover_date
            assert obligation.due_date == due_date(intake.handover_date, 3, days)
            assert obligation.fulfilled_on == done
            assert obligation.state == state_of(due=obligation.due_date, fulfilled_on=done)
            assert intake.late == (obligation.state == "fulfilled_late") == bool(obligation.reason)
            assert intake.late_reason == obligation.reason
            assert obligation.unit_id == intake.unit_id
        assert not owed
        late, done = (Obligation.objects.filter(state__in=s).count() for s in (["fulfilled_late"], ["fulfilled"]))
        assert 0.03 < late / done < 0.15

    def test_the_overview_of_the_shown_units_has_something_due_and_something_late(self):
        for code in (people.BA_DINH, people.HANOI):
            mine = Obligation.objects.filter(unit__code=code)
            assert mine.overdue(TODAY).exists()
            assert mine.open().filter(due_date__gte=TODAY).exists()
        assert Intake.objects.drafts().count() == Obligation.objects.open().count() > 10

    def test_events_of_the_past_are_delivered(self):
        assert not Event.objects.filter(delivered_at=None).exists()
        confirmed = Event.objects.filter(kind="intake.confirmed")
        assert set(confirmed.values_list("subject_id", flat=True)) == set(
            Intake.objects.filter(state="confirmed").values_list("pk", flat=True)
        )
        assert confirmed.first().payload == {"old": "draft", "new": "confirmed", "reason": "Tiếp nhận"}

    def test_scans_are_real_files_and_few(self):
        documents = list(Document.objects.all())
        assert 0 < len(documents) <= MOST
        assert Intake.objects.count() > len(documents)
        for document in documents:
            content = Path(self.folder, document.file.name).read_bytes()
            assert content.startswith(b"%PDF-")
            assert (len(content), hashlib.sha256(content).hexdigest()) == (document.size, document.sha256)
            assert document.subject.unit_id == document.unit_id
        assert {document.unit.code for document in documents} >= {people.BA_DINH, people.HANOI, people.DA_NANG}

    def test_serials_and_addresses_are_each_one_devices(self):
        serials = Tally(Equipment.objects.exclude(serial="").values_list("serial", flat=True))
        clashes = SerialClash.objects.select_related("equipment", "other")
        assert {serial for serial, n in serials.items() if n > 1} == {clash.serial for clash in clashes} != set()
        for clash in clashes:
            assert clash.equipment.serial == clash.other.serial == clash.serial
            assert clash.equipment.unit_id != clash.other.unit_id
            assert clash.unit == OrgUnit.objects.get(depth=1)
        attributes = list(Equipment.objects.values_list("attributes", flat=True))
        for key in ("MAC", "IP"):
            values = [a[key] for a in attributes if key in a]
            assert len(set(values)) == len(values) > DEVICES / 4
        assert all(ip_address(a["IP"]) in ip_network("10.0.0.0/8") for a in attributes if "IP" in a)

    def test_values_are_as_the_forms_would_have_stored_them(self):
        for item in Equipment.objects.select_related("category"):
            known = {attribute.key: attribute for attribute in attributes_of(item.category.attribute_keys)}
            assert item.attributes.keys() <= known.keys()
            assert all(clean_attribute(known[key], value) == value for key, value in item.attributes.items())
            assert bool(item.serial) == item.category.serial_required
            assert item.category.holds_equipment
            item.clean_fields(exclude=["intake", "unit", "room", "category", "model"])
            if item.model:
                assert item.model.category_id == item.category_id

    def test_whatever_is_on_offer_fits_its_category(self):
        keys = dict(Category.objects.filter(holds_equipment=True).values_list("pk", "attribute_keys"))
        market = Market(last_year=TODAY.year)
        seen = {product for buyer in Buyer for year in range(2016, 2027) for product in _on_offer(market, buyer, year)}
        assert len({product.category for product in seen}) > 45
        for product in seen:
            own = {"MAC": product.mac_prefix, "IP": product.static_ip, product.dated_attribute: product.dated_attribute}
            used = {*product.attributes, *(key for key, value in own.items() if value)}
            assert used <= set(keys[product.category]), product.name

    def test_people_are_put_together_from_common_names(self):
        parts = set(people.FAMILY), {m for s in people.MIDDLE for m in s}, {g for s in people.GIVEN for g in s}
        names = {
            name for field in ("giver_name", "receiver_name") for name in Intake.objects.values_list(field, flat=True)
        }
        names |= set(Equipment.objects.exclude(holder_name="").values_list("holder_name", flat=True))
        names |= set(User.objects.values_list("full_name", flat=True))
        assert len(names) > 100
        for name in names:
            family, middle, given = name.split()
            assert family in parts[0]
            assert middle in parts[1]
            assert given in parts[2]

    def test_no_telephone_number_and_no_address_of_mail(self):
        for table in ("equipment_equipment", "equipment_intake", "equipment_intakeline", "accounts_user"):
            for (row,) in ask(f"SELECT (to_jsonb(t) - 'password')::text FROM {table} t"):
                assert "@" not in row
                assert not re.search(r"(?<![\w.:])(0|\+84)\d{9}(?!\d)", row)

    def test_the_accounts_of_the_demonstration_log_in(self):
        assert Client().login(username="nghiepvu.badinh", password=people.PASSWORD)
        badinh = OrgUnit.objects.get(code=people.BA_DINH)
        user = User.objects.get(username="nghiepvu.badinh")
        assert user.scope.write_units == {badinh.pk}
        assert Equipment.objects.visible_to(user).count() == Equipment.objects.filter(unit=badinh).count() > 0
        assert User.objects.get(username="ttcntt").scope.nationwide
        assert not User.objects.filter(username__startswith=people.FORMER, is_active=True).exists()
