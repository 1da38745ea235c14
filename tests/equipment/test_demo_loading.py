from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import TestCase, override_settings

from accounts.actions import create_account
from accounts.models import User
from accounts.rules import Kind
from equipment.models import Equipment
from orgs.models import OrgUnit
from tests.demo_country import TODAY, everything, load_country, make


def run(**options):
    out = StringIO()
    call_command("load_demo", devices=30, today=TODAY, stdout=out, **options)
    return out.getvalue()


@override_settings(DEMO=True)
class TestLoading(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_country()

    def test_the_same_seed_gives_the_same_data(self):
        seen = []
        for seed in (1, 1, 2):
            with transaction.atomic():
                make(seed=seed, devices=400)
                seen.append(everything())
                transaction.set_rollback(True)
        first, second, other = seen
        assert all(first[name] == second[name] for name in first)
        assert first["equipment_equipment"] != other["equipment_equipment"]

    def test_a_second_run_says_so_and_changes_nothing(self):
        assert "30 devices" in run()
        assert "already" in run()
        assert Equipment.objects.count() == 30

    def test_it_is_refused_outside_demo_mode(self):
        with override_settings(DEMO=False), pytest.raises(CommandError, match="DEMO"):
            run()
        assert not User.objects.exists()

    def test_it_is_refused_where_somebody_works(self):
        unit = OrgUnit.objects.get(code="00.CNTT")
        create_account(username="quantri", full_name="Lê Văn Nam", unit=unit, kind=Kind.LEVEL1_ADMIN, password="x" * 14)
        with pytest.raises(CommandError, match="tài khoản"):
            run()
        assert not Equipment.objects.exists()

    def test_it_is_refused_without_units(self):
        OrgUnit.objects.filter(code="48").delete()
        with pytest.raises(CommandError, match="load_units"):
            run()
