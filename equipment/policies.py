"""Doors: the only way in which a view gets an object.

404 for what the account doesn't see, 403 for what it may not do.
"""

import uuid
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from core.models import Document
from core.scope import ScopedQuerySet
from equipment.models import Brand, Category, Equipment, EquipmentModel, ImportBatch, Intake
from equipment.rules.imports import ImportState
from equipment.rules.lifecycle import INTAKE_FLOW, IntakeState, Status
from orgs.rules import Grant

M = TypeVar("M", bound=models.Model)
Check = Callable[[User, Any], bool]


def seen(_user: User, _obj: Any) -> bool:
    """Whoever sees it may look at it."""
    return True


def records(user: User, obj: Any) -> bool:
    """Whether `user` records for the unit whose row this is (art. 6: nobody else writes there)."""
    return obj.unit_id in user.scope.write_units


def may_describe(user: User, item: Equipment) -> bool:
    return records(user, item) and item.status not in {Status.DISPOSED, Status.IN_TRANSFER}


EQUIPMENT_CHECKS: Mapping[str, Check] = {"view": seen, "describe": may_describe}


def _recording_to(state: IntakeState) -> Check:
    return lambda user, intake: records(user, intake) and INTAKE_FLOW.allows(intake.state, state)


def _recording_in(*states: IntakeState) -> Check:
    return lambda user, intake: records(user, intake) and intake.state in states


INTAKE_CHECKS: Mapping[str, Check] = {
    "view": seen,
    "edit": _recording_in(IntakeState.DRAFT),
    "detach": _recording_in(IntakeState.DRAFT),
    # A second press finds the dossier confirmed and is told so by the action, not refused as a stranger.
    "confirm": records,
    "cancel": _recording_to(IntakeState.CANCELLED),
    "restore": _recording_to(IntakeState.DRAFT),
    "correct": _recording_in(IntakeState.CONFIRMED),
    "attach": _recording_in(IntakeState.DRAFT, IntakeState.CONFIRMED),
    "issue": _recording_in(IntakeState.CONFIRMED),
}


def _continuing(*states: ImportState) -> Check:
    """Only who brought the file goes on with it: it is kept for that account alone."""
    return lambda user, batch: records(user, batch) and batch.created_by_id == user.pk and batch.state in states


IMPORT_CHECKS: Mapping[str, Check] = {
    "view": seen,
    "match": _continuing(ImportState.MATCHING, ImportState.CHECKED),
    "check": _continuing(ImportState.MATCHING, ImportState.CHECKED),
    # A second press finds the batch finished and is told so by the action, not refused as a stranger.
    "apply": _continuing(ImportState.MATCHING, ImportState.CHECKED, ImportState.DONE),
    "cancel": _continuing(ImportState.UPLOADED, ImportState.MATCHING, ImportState.CHECKED),
}


def _door(rows: ScopedQuerySet, user: User, checks: Mapping[str, Check], action: str, **key: Any) -> Any:
    obj = get_object_or_404(rows.visible_to(user), **key)
    if not checks[action](user, obj):
        if records(user, obj):  # then it isn't the account's fault: the page was opened when the step was still to do
            state = obj.get_status_display() if isinstance(obj, Equipment) else obj.get_state_display()
            message = f"“{obj}” đang ở trạng thái “{state}” hoặc do người khác làm tiếp."
            raise PermissionDenied(f"{message} Hãy mở lại trang đó để xem việc nào làm được.")
        raise PermissionDenied
    return obj


def access_equipment(user: User, code: str, action: str) -> Equipment:
    """A device by its code."""
    rows = Equipment.objects.select_related("unit", "room", "category", "model__brand", "intake", "batch")
    return _door(rows, user, EQUIPMENT_CHECKS, action, code=code)


def access_intake(user: User, number: str, action: str) -> Intake:
    """An intake by its number."""
    rows = Intake.objects.select_related("unit", "created_by", "confirmed_by")
    return _door(rows, user, INTAKE_CHECKS, action, number=number)


def access_import(user: User, number: str, action: str) -> ImportBatch:
    """An import by its number."""
    return _door(ImportBatch.objects.select_related("unit", "created_by"), user, IMPORT_CHECKS, action, number=number)


def access_document(user: User, public_id: uuid.UUID, *, of: Intake | None = None) -> Document:
    """A document, through the door of the dossier that it belongs to; with `of`, only that dossier's."""
    document = get_object_or_404(Document.objects.visible_to(user).select_related("subject_type"), public_id=public_id)
    if document.subject_type.model_class() is not Intake or (of is not None and document.subject_id != of.pk):
        raise Http404
    get_object_or_404(Intake.objects.visible_to(user), pk=document.subject_id)
    return document


def require_recording(user: User) -> None:
    """403 for whoever records for no unit."""
    if not user.scope.write_units:
        raise PermissionDenied


def may_keep_catalogue(user: User) -> bool:
    """Whether `user` keeps the shared catalogue (art. 14.3: IT Center)."""
    return user.scope.may(Grant.MANAGE_CATALOGUE)


def _catalogue_door(model: type[M], user: User, action: str, **key: Any) -> M:
    obj = get_object_or_404(model._default_manager, **key)
    if action != "view" and not may_keep_catalogue(user):
        raise PermissionDenied
    return obj


def access_category(user: User, code: str, action: str) -> Category:
    return _catalogue_door(Category, user, action, code=code)


def access_brand(user: User, pk: int, action: str) -> Brand:
    return _catalogue_door(Brand, user, action, pk=pk)


def access_model(user: User, pk: int, action: str) -> EquipmentModel:
    return _catalogue_door(EquipmentModel, user, action, pk=pk)


def require_catalogue(user: User) -> None:
    """403 for whoever doesn't keep the catalogue."""
    if not may_keep_catalogue(user):
        raise PermissionDenied
