from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin, UserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.rules import Kind
from core.fields import CleanCharField
from core.scope import Scope
from core.walls import APPEND_ONLY, NoWall
from orgs.models import OrgUnit
from orgs.policies import scope_of


class User(AbstractBaseUser, PermissionsMixin):
    """An account: one person, one unit, one kind (art. 5). Kind and unit decide its grants (accounts.actions)."""

    username = models.CharField(
        "tên đăng nhập",
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "Tên đăng nhập này đã có."},
    )
    full_name = CleanCharField("họ và tên", max_length=150)
    email = models.EmailField("thư điện tử", blank=True)
    unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, related_name="accounts", verbose_name="đơn vị")
    kind = models.CharField("loại tài khoản", max_length=20, choices=Kind)
    is_active = models.BooleanField("đang hoạt động", default=True)
    date_joined = models.DateTimeField("ngày cấp", default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login"])
    wall = NoWall("accounts are read to log in, before there is a scope; account pages narrow them by unit")

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = "tài khoản"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="user_kind_known"),
            # A superuser would pass every guardian check; nobody is one.
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="user_no_superuser"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def clean(self) -> None:
        super().clean()
        if self.unit_id and not self.unit.is_agency:
            raise ValidationError({"unit": "Tài khoản được cấp cho đơn vị có sổ riêng, không cấp cho phòng, tổ."})

    def get_full_name(self) -> str:
        """For libraries that ask a user for it."""
        return self.full_name

    @cached_property
    def scope(self) -> Scope:
        """What the account may see and write, as granted when first asked (once a request)."""
        return scope_of(self)


class SecurityEvent(models.Model):
    """The audit of logging in, of passwords, of secret addresses and of signing: apart from business events, never
    changed.
    """

    class Kind(models.TextChoices):
        LOGIN = "login", "Đăng nhập"
        LOGIN_FAILED = "login_failed", "Đăng nhập sai"
        LOGOUT = "logout", "Đăng xuất"
        UNLOCKED = "unlocked", "Mở khóa"
        PASSWORD_CHANGED = "password_changed", "Đổi mật khẩu"
        SIGNED = "signed", "Ký số"
        SIGN_FAILED = "sign_failed", "Ký số không thành"
        TRUST_CHANGED = "trust_changed", "Thay đổi chứng thư tin cậy"
        FEED_ISSUED = "feed_issued", "Tạo địa chỉ lịch riêng"
        FEED_REVOKED = "feed_revoked", "Thu hồi địa chỉ lịch riêng"

    kind = models.CharField(max_length=20, choices=Kind)
    username = models.CharField(max_length=150)
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.GenericIPAddressField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    wall = NoWall("written before there is a scope; read by account pages, which narrow it", may=APPEND_ONLY)

    class Meta:
        verbose_name = "sự kiện an ninh"
        indexes = [models.Index(fields=["username", "id"], name="securityevent_username")]

    def __str__(self) -> str:
        return f"{self.kind} {self.username}"
