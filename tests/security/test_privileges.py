"""Nobody raises their own rights: not by a field that a form lacks, not in the database."""

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from core.scope import entered
from orgs.models import OrgUnitUserPermission
from tests.isolation.conftest import undone
from tests.isolation.country import ROLES
from tests.isolation.matrix import ROWS, read
from tests.world import PASSWORD


def rights() -> list[tuple]:
    """Every account and every grant, passwords and times of login aside."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, username, full_name, email, unit_id, kind, is_active, is_superuser"
            " FROM accounts_user ORDER BY id"
        )
        accounts = cursor.fetchall()
    return [
        *accounts,
        *OrgUnitUserPermission.objects.order_by("pk").values_list("user", "permission", "content_object"),
    ]


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.post is not None])
@pytest.mark.parametrize("role", ["admin2", "business", "lookup"])
def test_further_fields_raise_no_rights(country, name, role):
    user, root = country.user(role), country.world.units["00"].pk
    hostile = {
        "kind": "level1_admin",
        "is_superuser": "on",
        "is_staff": "on",
        "is_active": "on",
        "user": user.pk,
        "id": user.pk,
        "pk": user.pk,
        "username": "admin1",
        "unit": root,
        "unit_id": root,
        "permissions": "1",
        "groups": "1",
        "grants": "manage_catalogue",
        "scope": "all",
        "_method": "PUT",
    }
    row, before = ROWS[name], rights()
    with undone():
        read(
            country.client(role, raise_request_exception=False).post(
                row.url(name, country), {**hostile, **row.data(country)}
            )
        )
        assert rights() == before


def test_nobody_is_a_superuser(country):
    for change in ({"is_superuser": True}, {"kind": "root"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=country.user("admin1").pk).update(**change)


def test_the_audit_of_logins_cannot_be_rewritten(country):
    with entered(country.user("admin1").scope):
        for sql in (
            "UPDATE accounts_securityevent SET username = 'x'",
            "DELETE FROM accounts_securityevent",
            "TRUNCATE accounts_securityevent",
        ):
            with (
                pytest.raises(Exception, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(sql)


def test_the_application_cannot_leave_its_role_for_good(country):
    """What a hole in a query could ask: switch row-level security off, make policies, read the passwords' file."""
    hostile = (
        "ALTER TABLE equipment_equipment DISABLE ROW LEVEL SECURITY",
        "CREATE POLICY open ON equipment_equipment USING (true)",
        "CREATE TABLE public.mine (x int)",
        "CREATE FUNCTION public.qltb_reads_all() RETURNS boolean LANGUAGE sql AS 'SELECT true'",
        "COPY equipment_equipment TO '/tmp/x'",
        "SELECT pg_read_file('/etc/passwd')",
        "CREATE ROLE stronger SUPERUSER",
    )
    with entered(country.user("peer").scope):
        for sql in hostile:
            with (
                pytest.raises(Exception, match=r"permission denied|must be owner|must be superuser"),
                transaction.atomic(),
            ):
                connection.cursor().execute(sql)


def test_accounts_of_roles_are_what_they_should_be(country):
    """The roles of the matrix have the kinds that it is read with."""
    kinds = {role: country.user(role).kind for role, name in ROLES.items() if name}
    assert kinds == {
        "peer": "business",
        "above": "lookup",
        "below": "business",
        "lookup": "lookup",
        "business": "business",
        "admin2": "level2_admin",
        "other_admin2": "level2_admin",
        "admin1": "level1_admin",
    }
    assert all(user.check_password(PASSWORD) for user in country.world.users.values())
