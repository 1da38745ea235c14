"""Views of lists that people save."""

import uuid
from urllib.parse import urlencode

from django.conf import settings
from django.db import models

from core.fields import CleanCharField, CleanJSONField, CleanTextField
from core.scope import OwnedQuerySet
from core.walls import Own

NAME_LENGTH = 80
QUERY_LENGTH = 2000


class SavedView(models.Model):
    """How one person looks at one list: what is filtered, searched and sorted, and which columns in which order.

    A shared one is offered to the accounts of its unit too; only its owner changes it. It holds the question, never
    rows: each person gets their own rows to it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("orgs.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    path = CleanCharField("địa chỉ danh sách", max_length=200)
    name = CleanCharField("tên chế độ xem", max_length=NAME_LENGTH)
    query = CleanTextField("bộ lọc, nội dung tìm và thứ tự", blank=True)
    columns = CleanJSONField("các cột", default=list)
    shared = models.BooleanField("dùng chung trong đơn vị", default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = OwnedQuerySet.as_manager()
    wall = Own(shared="shared")

    class Meta:
        verbose_name = "chế độ xem"
        default_permissions = ()
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "unit", "path", "name"],
                name="savedview_name_once",
                violation_error_message="Bạn đã có chế độ xem tên này ở danh sách này.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """The list as it was saved."""
        named = urlencode({"view": str(self.public_id)})
        return f"{self.path}?{self.query}&{named}" if self.query else f"{self.path}?{named}"


class DefaultView(models.Model):
    """The view that one person's list opens with. It may be a colleague's.

    That colleague may delete the view or share it no longer without knowing of this row, which then leads nowhere: so
    the database isn't asked to hold the two together.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("orgs.OrgUnit", on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    path = CleanCharField("địa chỉ danh sách", max_length=200)
    view = models.ForeignKey(SavedView, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")

    objects = OwnedQuerySet.as_manager()
    wall = Own()

    class Meta:
        verbose_name = "chế độ xem mặc định"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["owner", "unit", "path"], name="defaultview_one_a_list")]

    def __str__(self) -> str:
        return self.path
