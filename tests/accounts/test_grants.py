"""Which kind of account in which unit may do what (art. 5, 6, 13.7, 14)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.actions import create_account, sync_all_grants, sync_grants
from accounts.models import User
from accounts.rules import Kind
from core.scope import NOBODY
from orgs.models import OrgUnit, OrgUnitUserPermission
from orgs.policies import scope_of
from orgs.rules import Grant
from tests import world as w

pytestmark = pytest.mark.django_db
ROOT, OFFICE, IT_CENTER, LEGAL, HANOI, BA_DINH = "00", "00.VP", "00.CNTT", "00.PC", "01", "01.001"
VIEW, RECORD, ACCOUNTS, URGE, HELP = (
    Grant.VIEW_DATA, Grant.RECORD_DATA, Grant.MANAGE_ACCOUNTS, Grant.SUPERVISE, Grant.ANSWER_SUPPORT
)  # fmt: skip
LEVEL1 = {
    (grant, ROOT)
    for grant in (
        VIEW,
        ACCOUNTS,
        Grant.MANAGE_CATALOGUE,
        Grant.MANAGE_UNITS,
        Grant.RUN_PLANNING,
        Grant.UNLOCK_BOOKS,
        URGE,
        HELP,
    )
}

# Every kind in every sort of unit, written out: an ordinary one, one with a unit in its custody, one that watches all.
DUE = {
    (Kind.BUSINESS, BA_DINH): {(VIEW, BA_DINH), (RECORD, BA_DINH), (URGE, BA_DINH), (HELP, BA_DINH)},
    (Kind.BUSINESS, HANOI): {(VIEW, HANOI), (RECORD, HANOI), (URGE, HANOI), (HELP, HANOI)},
    (Kind.BUSINESS, OFFICE): {
        (VIEW, OFFICE),
        (RECORD, OFFICE),
        (VIEW, LEGAL),
        (RECORD, LEGAL),
        (URGE, OFFICE),
        (HELP, OFFICE),
    },
    (Kind.BUSINESS, IT_CENTER): {
        (VIEW, IT_CENTER),
        (RECORD, IT_CENTER),
        (VIEW, ROOT),
        (URGE, IT_CENTER),
        (HELP, IT_CENTER),
        (URGE, ROOT),
        (HELP, ROOT),
    },
    (Kind.BUSINESS, ROOT): {(VIEW, ROOT), (RECORD, ROOT), (URGE, ROOT), (HELP, ROOT)},
    (Kind.LOOKUP, BA_DINH): {(VIEW, BA_DINH)},
    (Kind.LOOKUP, HANOI): {(VIEW, HANOI)},
    (Kind.LOOKUP, OFFICE): {(VIEW, OFFICE), (VIEW, LEGAL)},
    (Kind.LOOKUP, IT_CENTER): {(VIEW, IT_CENTER), (VIEW, ROOT)},
    (Kind.LOOKUP, ROOT): {(VIEW, ROOT)},
    (Kind.LEVEL2_ADMIN, BA_DINH): {(VIEW, BA_DINH), (ACCOUNTS, BA_DINH), (URGE, BA_DINH), (HELP, BA_DINH)},
    (Kind.LEVEL2_ADMIN, HANOI): {(VIEW, HANOI), (ACCOUNTS, HANOI), (URGE, HANOI), (HELP, HANOI)},
    (Kind.LEVEL2_ADMIN, OFFICE): {(VIEW, OFFICE), (ACCOUNTS, OFFICE), (VIEW, LEGAL), (URGE, OFFICE), (HELP, OFFICE)},
    (Kind.LEVEL2_ADMIN, IT_CENTER): {
        (VIEW, IT_CENTER),
        (ACCOUNTS, IT_CENTER),
        (VIEW, ROOT),
        (URGE, IT_CENTER),
        (HELP, IT_CENTER),
    },
    (Kind.LEVEL2_ADMIN, ROOT): {(VIEW, ROOT), (ACCOUNTS, ROOT), (URGE, ROOT), (HELP, ROOT)},
    (Kind.LEVEL1_ADMIN, BA_DINH): LEVEL1 | {(VIEW, BA_DINH)},
    (Kind.LEVEL1_ADMIN, HANOI): LEVEL1 | {(VIEW, HANOI)},
    (Kind.LEVEL1_ADMIN, OFFICE): LEVEL1 | {(VIEW, OFFICE)},
    (Kind.LEVEL1_ADMIN, IT_CENTER): LEVEL1 | {(VIEW, IT_CENTER)},
    (Kind.LEVEL1_ADMIN, ROOT): LEVEL1,
}


def held(user):
    rows = OrgUnitUserPermission.objects.filter(user=user)
    return set(rows.values_list("permission__codename", "content_object__code"))


def move(user, **changes):
    for name, value in changes.items():
        setattr(user, name, value)
    user.save()
    sync_grants(user)
    return user


@pytest.mark.dieu("5.1a", "5.1b", "5.1c", "6", "13.7", "14.6")
def test_every_kind_in_every_unit(world):
    user = world.nghiepvu_badinh
    for (kind, unit), due in DUE.items():
        move(user, kind=kind, unit=world.units[unit])
        assert held(user) == due, (kind, unit)
    assert {kind for kind, _ in DUE} == set(Kind)


def test_the_kinds_that_write():
    assert {kind for (kind, _), due in DUE.items() if any(grant == RECORD for grant, _ in due)} == {Kind.BUSINESS}


@pytest.mark.dieu("6")
def test_the_scope_that_grants_add_up_to(world):
    units = world.units
    business = world.nghiepvu_hanoi.scope
    assert business.read_paths == (units[HANOI].path,)
    assert business.write_units == {units[HANOI].pk}, "never the agencies below"
    assert business.reads(units[BA_DINH].path)
    assert not business.reads(units["48"].path)
    assert not business.reads(units[ROOT].path)
    assert not business.nationwide
    office = world.vanphong.scope
    assert office.write_units == {units[OFFICE].pk, units[LEGAL].pk}
    assert not office.reads(units[IT_CENTER].path)
    for watcher in (world.admin1, world.ttcntt):
        assert watcher.scope.nationwide
        assert watcher.scope.write_units == frozenset()
        assert watcher.scope.reads(units[BA_DINH].path)


@pytest.mark.dieu("14.3")
def test_only_level_one_keeps_catalogue_and_units(world):
    for grant in (Grant.MANAGE_CATALOGUE, Grant.MANAGE_UNITS, Grant.RUN_PLANNING):
        assert {name for name, user in world.users.items() if user.scope.may(grant)} == {"admin1"}
    assert {name for name, user in world.users.items() if user.scope.may(ACCOUNTS)} == {
        "admin1",
        "admin2_hanoi",
        "admin2_danang",
    }
    path = world.units[BA_DINH].path
    assert world.admin2_hanoi.scope.may(ACCOUNTS, path)
    assert not world.admin2_danang.scope.may(ACCOUNTS, path)


def test_syncing_again_writes_nothing(world):
    user = world.vanphong
    before = list(OrgUnitUserPermission.objects.filter(user=user).order_by("pk").values_list("pk", flat=True))
    sync_grants(user)
    sync_all_grants()
    after = list(OrgUnitUserPermission.objects.filter(user=user).order_by("pk").values_list("pk", flat=True))
    assert after == before


def test_a_change_of_kind_unit_or_custodian_is_followed(world):
    user = world.vanphong
    assert user.scope.write_units
    move(user, kind=Kind.LOOKUP)
    assert user.scope.write_units == frozenset(), "a scope asked for before is forgotten"
    move(user, kind=Kind.BUSINESS, unit=world.units[HANOI])
    assert held(user) == DUE[Kind.BUSINESS, HANOI]
    move(user, unit=world.units[OFFICE])
    legal = world.units[LEGAL]
    legal.custodian = world.units[IT_CENTER]
    legal.save()
    sync_all_grants()
    assert held(user) == {(VIEW, OFFICE), (RECORD, OFFICE), (URGE, OFFICE), (HELP, OFFICE)}
    center = w.make_user("nghiepvu.cntt", world.units[IT_CENTER], Kind.BUSINESS)
    assert (RECORD, LEGAL) in held(center)


def test_grants_by_hand_do_not_survive_the_next_sync(world):
    """Kind and unit decide: whatever else was given is taken back."""
    user = world.tracuu_badinh
    donor = OrgUnitUserPermission.objects.filter(user=world.admin1).first()
    OrgUnitUserPermission.objects.create(
        user=user, permission=donor.permission, content_object=OrgUnit.objects.get(code=ROOT)
    )
    sync_grants(user)
    assert held(user) == DUE[Kind.LOOKUP, BA_DINH]


@pytest.mark.dieu("5.3")
def test_an_inactive_account_sees_nothing_and_is_logged_out(world, client_of):
    user = world.nghiepvu_badinh
    client = client_of(user)
    assert client.get("/thiet-bi/").status_code == 200
    user.is_active = False
    user.save()
    assert scope_of(user) == NOBODY
    assert scope_of(user).read_paths == ()
    assert client.get("/thiet-bi/").status_code == 302
    assert held(user), "the grants stay for the day on which it is restored"


def test_accounts_are_for_units_with_books_only(world):
    with pytest.raises(ValidationError) as refusal:
        create_account(
            username="to.thu", full_name="Tổ Thu", unit=world.units["01.001.T1"], kind=Kind.BUSINESS, password="x" * 20
        )
    assert "unit" in refusal.value.message_dict
    assert not User.objects.filter(username="to.thu").exists()


def test_an_account_that_cannot_be_made_leaves_no_grant(world):
    before = OrgUnitUserPermission.objects.count()
    with pytest.raises(ValidationError):
        create_account(
            username="nghiepvu.badinh", full_name="Trùng tên", unit=world.units[BA_DINH], kind=Kind.BUSINESS,
            password="x" * 20,
        )  # fmt: skip
    assert OrgUnitUserPermission.objects.count() == before


@pytest.mark.parametrize("kind", ["", "boss", "LEVEL1_ADMIN"])
def test_no_other_kind_is_known(world, kind):
    with pytest.raises(IntegrityError, match="user_kind_known"), transaction.atomic():
        User.objects.filter(username="nghiepvu.badinh").update(kind=kind)
    with pytest.raises(ValueError, match="not a valid Kind"):
        sync_grants(User(kind=kind, unit=world.units[ROOT]))
