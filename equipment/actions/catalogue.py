"""Writes on the shared catalogue (art. 14.3). Entries are closed, never deleted: devices refer to them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from psycopg.errors import UniqueViolation

from accounts.models import User
from core.errors import DomainError
from core.history import require_version
from core.transitions import lock, save_with_reason
from equipment.actions.periods import require_rules_open
from equipment.models import Brand, Category, EquipmentModel, LedgerEntry
from equipment.queries.periods import newest_closed

Entry = TypeVar("Entry", Category, Brand, EquipmentModel)


@transaction.atomic
def add_entry(model: type[Entry], *, values: Mapping[str, Any], by: User) -> Entry:
    """A new category, brand or model. Raises DomainError when its name or code is taken."""
    entry = model(**values)
    _save(entry, by=by, reason="Thêm mới")
    return entry


@transaction.atomic
def edit_entry(entry: Entry, *, values: Mapping[str, Any], version: int, by: User) -> Entry:
    """Change an entry. Raises StaleError if somebody changed it meanwhile."""
    entry = lock(entry)
    require_version(entry, version)
    if isinstance(entry, Category):
        _check_parent(entry, values.get("parent"))
        _check_books(entry, values)
    for name, value in values.items():
        setattr(entry, name, value)
    entry.version += 1
    _save(entry, by=by, reason="Sửa danh mục")
    return entry


@transaction.atomic
def close_entry(entry: Entry, *, on: date, by: User) -> Entry:
    """Offer the entry no more from that day; what refers to it stays."""
    entry = lock(entry)
    entry.closed_on = on
    entry.version += 1
    _save(entry, by=by, reason=f"Ngừng dùng từ {on:%d/%m/%Y}")
    return entry


@transaction.atomic
def reopen_entry(entry: Entry, *, by: User) -> Entry:
    """Offer a closed entry again."""
    entry = lock(entry)
    entry.closed_on = None
    entry.version += 1
    _save(entry, by=by, reason="Dùng lại")
    return entry


def _check_parent(entry: Category, parent: Category | None) -> None:
    above = parent
    while above is not None:
        if above.pk == entry.pk:
            raise DomainError("Nhóm không thể nằm trong chính nó.", field="parent", code="loop")
        above = above.parent


def _check_books(entry: Category, values: Mapping[str, Any]) -> None:
    """Closed books count by the code, and wear goes by the groups above it."""
    code, parent = values.get("code", entry.code), values.get("parent", entry.parent)
    until = newest_closed()
    if until is None or (code, parent) == (entry.code, entry.parent):
        return
    below, found = {entry.pk}, {entry.pk}
    while found := set(Category.objects.filter(parent__in=found).values_list("pk", flat=True)) - below:
        below |= found
    if LedgerEntry.objects.filter(category__in=below, effective_date__lte=until).scoped().exists():
        first, field = until, "code" if code != entry.code else "parent"
        require_rules_open(first, what=f"Mã và nhóm của loại “{entry.name}”", field=field)


def _save(entry: Entry, *, by: User, reason: str) -> None:
    try:
        with transaction.atomic():
            save_with_reason(entry, by=by, reason=reason)
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        raise DomainError("Mục này đã có trong danh mục.", field="name", code="duplicate") from error
