from datetime import date
from typing import Self

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase
from simple_history.models import HistoricalRecords
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from core.fields import CleanCharField, CleanTextField
from core.walls import NoWall
from orgs.rules import AGENCIES, Grant, UnitKind


class OrgUnitQuerySet(MP_NodeQuerySet):
    def in_force(self, day: date) -> Self:
        """Units that exist on `day`."""
        return self.filter(models.Q(valid_from=None) | models.Q(valid_from__lte=day)).filter(
            models.Q(valid_to=None) | models.Q(valid_to__gte=day)
        )

    def agencies(self) -> Self:
        """Units that keep books."""
        return self.filter(kind__in=AGENCIES)

    def departments_of(self, agency: "OrgUnit") -> Self:
        """The rooms that belong to `agency` itself, not to an agency below it."""
        return self.filter(kind=UnitKind.DEPARTMENT, depth=agency.depth + 1, path__startswith=agency.path)


class OrgUnitManager(MP_NodeManager.from_queryset(OrgUnitQuerySet)):  # type: ignore[misc]  # a class made at run time
    def get_queryset(self) -> OrgUnitQuerySet:
        return OrgUnitQuerySet(self.model, using=self._db).order_by("path")


class OrgUnit(MP_Node):
    """A node of the organisation's tree. Names of units are shared catalogue; what a unit holds is not."""

    code = models.CharField("mã đơn vị", max_length=20, unique=True)
    name = CleanCharField("tên đơn vị", max_length=200)
    kind = models.CharField("loại đơn vị", max_length=20, choices=UnitKind)
    sector_code = models.CharField("mã ngành", max_length=10, blank=True)
    valid_from = models.DateField("hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("hiệu lực đến", null=True, blank=True)
    custodian = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="in_custody",
        verbose_name="đơn vị quản lý hộ",
        help_text="Đơn vị cập nhật dữ liệu thay (Điều 13.7: Văn phòng cho các Vụ, Ban).",
    )
    nationwide = models.BooleanField(
        "theo dõi toàn ngành", default=False, help_text="Tài khoản của đơn vị xem được toàn ngành (Điều 14.6)."
    )
    source = CleanTextField("nguồn", blank=True)

    objects = OrgUnitManager()
    history = HistoricalRecords()
    wall = NoWall("tree and names of units are shared catalogue (art. 4.4)", may=("INSERT", "UPDATE"))

    class Meta:
        verbose_name = "đơn vị"
        ordering = ["path"]
        default_permissions = ()
        permissions = Grant.choices
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=UnitKind.values), name="orgunit_kind_known"),
            models.CheckConstraint(
                condition=models.Q(valid_from=None)
                | models.Q(valid_to=None)
                | models.Q(valid_from__lte=models.F("valid_to")),
                name="orgunit_interval",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_agency(self) -> bool:
        """Whether the unit keeps its own books."""
        return self.kind in AGENCIES


class OrgUnitUserPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey(OrgUnit, on_delete=models.CASCADE)
    wall = NoWall("grants are read to find the scope before there is one")

    class Meta(UserObjectPermissionBase.Meta):
        verbose_name = "quyền trên đơn vị"


class OrgUnitGroupPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey(OrgUnit, on_delete=models.CASCADE)
    wall = NoWall("required by guardian beside the user table; groups are not used")

    class Meta(GroupObjectPermissionBase.Meta):
        verbose_name = "quyền nhóm trên đơn vị"
