"""Writes on the norms, which IT Center keeps (art. 14.3)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from accounts.models import User
from core.errors import DomainError
from core.history import require_version
from core.transitions import lock, save_with_reason
from equipment.actions.periods import first_moved, require_rules_open
from equipment.models import Norm, NormSet, TitleGroup
from equipment.queries.periods import newest_closed
from personnel.models import Employee

COUNTED = ("group", "scope", "category", "quantity", "per", "counted", "alternatives")
"""What a figure says that devices are counted by."""
SPECIAL = "CHUYEN_DUNG"
"""Norms that no decision of the Prime Minister has; they hold beside the others."""


@transaction.atomic
def edit_set(norm_set: NormSet, *, values: Mapping[str, Any], version: int, by: User) -> NormSet:
    """Name and validity of a decision. Raises StaleError, or DomainError where two decisions would hold at once."""
    norm_set = lock(norm_set)
    require_version(norm_set, version)
    _require_open(norm_set, values)
    for name, value in values.items():
        setattr(norm_set, name, value)
    _check_alone(norm_set)
    _save(norm_set, by=by, reason="Sửa bộ định mức")
    return norm_set


@transaction.atomic
def new_version(old: NormSet, *, code: str, name: str, valid_from: date, source: str, by: User) -> NormSet:
    """A later decision with the figures of `old`, which ends the day before. Raises DomainError for an earlier one."""
    old = lock(old)
    if valid_from <= old.valid_from:
        raise DomainError(
            f"Ngày này phải sau {old.valid_from:%d/%m/%Y}, ngày {old.name} có hiệu lực.", field="valid_from"
        )
    made = NormSet(code=code, name=name, valid_from=valid_from, source=source)
    require_rules_open(valid_from, what="Khoảng thời gian này", field="valid_from")
    old.valid_to = min(old.valid_to or date.max, valid_from - timedelta(days=1))
    _save(old, by=by, reason=f"Hết hiệu lực theo {name}"[:100])
    _check_alone(made)
    save_with_reason(made, by=by, reason=f"Bộ mới từ {old.name}"[:100])
    for norm in old.norms.all():
        norm.pk, norm.norm_set, norm.version = None, made, 1
        norm._state.adding = True
        save_with_reason(norm, by=by, reason="Chép từ bộ trước")
    for group in old.titles.all():
        group.pk, group.norm_set = None, made
        group._state.adding = True
        save_with_reason(group, by=by, reason="Chép từ bộ trước")
    return made


@transaction.atomic
def add_norm(norm_set: NormSet, *, values: Mapping[str, Any], by: User) -> Norm:
    """A further figure."""
    norm = Norm(norm_set=lock(norm_set), **values)
    require_rules_open(norm_set.valid_from, what=norm_set.name)
    save_with_reason(norm, by=by, reason="Thêm định mức")
    return norm


@transaction.atomic
def edit_norm(norm: Norm, *, values: Mapping[str, Any], version: int, by: User) -> Norm:
    """Other values of a figure. Raises StaleError."""
    norm = lock(norm)
    require_version(norm, version)
    if any(getattr(norm, name) != values[name] for name in COUNTED if name in values):
        require_rules_open(norm.norm_set.valid_from, what=norm.norm_set.name, field="quantity")
    for name, value in values.items():
        setattr(norm, name, value)
    _save(norm, by=by, reason="Sửa định mức")
    return norm


@transaction.atomic
def set_groups(norm_set: NormSet, *, chosen: Mapping[int, str], version: int, by: User) -> NormSet:
    """Put posts into groups; the empty group takes a post out. Raises StaleError."""
    norm_set = lock(norm_set)
    require_version(norm_set, version)
    standing = {group.title_id: group for group in norm_set.titles.all()}
    for title, group in chosen.items():
        now = standing.get(title)
        if group != (now.group if now else ""):
            _require_new(norm_set, title)
        if now is not None and not group:
            now.delete()
        elif group and (now is None or now.group != group):
            now = now or TitleGroup(norm_set=norm_set, title_id=title)
            now.group, now.confidence = group, "Trung tâm CNTT xác định"
            save_with_reason(now, by=by, reason="Xếp nhóm chức danh")
    _save(norm_set, by=by, reason="Xếp nhóm chức danh")
    return norm_set


def _require_open(norm_set: NormSet, values: Mapping[str, Any]) -> None:
    """Days of closed books keep the norms that they went by."""
    first, last = (values.get(name, getattr(norm_set, name)) for name in ("valid_from", "valid_to"))
    if first != norm_set.valid_from:
        require_rules_open(min(first, norm_set.valid_from), what=norm_set.name, field="valid_from")
    require_rules_open(first_moved(norm_set.valid_to, last), what=norm_set.name, field="valid_to")


def _require_new(norm_set: NormSet, title: int) -> None:
    """A post that nobody had when books were closed may still be put into a group of norms that held then."""
    until = newest_closed()
    if until is None or norm_set.valid_from > until:
        return
    if Employee.history.filter(title_id=title, history_date__date__lte=until).exists():
        require_rules_open(norm_set.valid_from, what=f"Nhóm chức danh theo {norm_set.name}", field=f"title_{title}")


def _save(obj: Any, *, by: User, reason: str) -> None:
    obj.version += 1
    save_with_reason(obj, by=by, reason=reason)


def _check_alone(norm_set: NormSet) -> None:
    """Decisions follow each other; only the special norms hold beside one."""
    if norm_set.code == SPECIAL:
        return
    last = norm_set.valid_to or date.max
    for other in NormSet.objects.exclude(pk=norm_set.pk).exclude(code=SPECIAL):
        if other.valid_from <= last and norm_set.valid_from <= (other.valid_to or date.max):
            raise DomainError(
                f"Trong thời gian này đã có {other.name} hiệu lực. Hãy sửa ngày của văn bản đó trước.",
                field="valid_from",
                code="overlap",
            )
