"""Writes on the table of procedures (art. 14.3). A rule ends on a day; none is deleted."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from core.history import require_version
from core.transitions import lock, save_with_reason
from disposals.models import ProcedureRule


@transaction.atomic
def add_rule(*, values: Mapping[str, Any], by: User) -> ProcedureRule:
    """A new item."""
    rule = ProcedureRule(**values)
    save_with_reason(rule, by=by, reason="Thêm mới")
    return rule


@transaction.atomic
def edit_rule(rule: ProcedureRule, *, values: Mapping[str, Any], version: int, by: User) -> ProcedureRule:
    """Change an item. Raises StaleError if somebody changed it meanwhile."""
    rule = lock(rule)
    require_version(rule, version)
    for name, value in values.items():
        setattr(rule, name, value)
    rule.version += 1
    save_with_reason(rule, by=by, reason="Sửa quy định")
    return rule
