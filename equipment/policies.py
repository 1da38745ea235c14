"""Doors: the only way in which a view gets an object.

404 for what the account doesn't see, 403 for what it may not do.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.shortcuts import get_object_or_404

from accounts.models import User
from core.scope import ScopedQuerySet
from dossiers.policies import Check, door, recording_in, records, seen
from equipment.models import Assignment, Brand, Category, Equipment, EquipmentModel, ImportBatch, Intake, Recovery
from equipment.rules.imports import ImportState
from equipment.rules.lifecycle import INTAKE_FLOW, IntakeState, Status
from orgs.rules import Grant

M = TypeVar("M", bound=models.Model)


def may_describe(user: User, item: Equipment) -> bool:
    return records(user, item) and item.status not in {Status.DISPOSED, Status.IN_TRANSFER}


EQUIPMENT_CHECKS: Mapping[str, Check] = {"view": seen, "describe": may_describe}


def _recording_to(state: IntakeState) -> Check:
    return lambda user, intake: records(user, intake) and INTAKE_FLOW.allows(intake.state, state)


INTAKE_CHECKS: Mapping[str, Check] = {
    "view": seen,
    "edit": recording_in(IntakeState.DRAFT),
    "detach": recording_in(IntakeState.DRAFT),
    # A second press finds the dossier confirmed and is told so by the action, not refused as a stranger.
    "confirm": records,
    "cancel": _recording_to(IntakeState.CANCELLED),
    "restore": _recording_to(IntakeState.DRAFT),
    "correct": recording_in(IntakeState.CONFIRMED),
    "attach": recording_in(IntakeState.DRAFT, IntakeState.CONFIRMED),
    "issue": recording_in(IntakeState.CONFIRMED),
}


# It is written when it has happened: nothing of it changes afterwards but its papers.
ASSIGNMENT_CHECKS: Mapping[str, Check] = {
    "view": seen,
    "attach": records,
    "detach": records,
    "issue": records,
}


def assignment_rows() -> ScopedQuerySet:
    """Hand-overs with what their pages show."""
    return Assignment.objects.select_related("unit", "created_by", "room")


def access_recovery(user: User, pk: int) -> Recovery:
    """A task to get devices back: 404 for one of a unit that `user` doesn't see."""
    return get_object_or_404(Recovery.objects.visible_to(user).select_related("unit"), pk=pk)


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


def access_equipment(user: User, code: str, action: str) -> Equipment:
    """A device by its code."""
    joined = ("unit", "room", "category__parent__parent", "model__brand", "intake", "batch", "reservation")
    rows = Equipment.objects.select_related(*joined)
    return door(rows, user, EQUIPMENT_CHECKS, action, code=code)


def access_software(user: User, code: str, action: str) -> Equipment:
    """A software item by its code, with its licence if somebody stated it. "Describe" writes what it allows."""
    rows = Equipment.objects.filter(category__software=True).select_related("unit", "category", "licence")
    return door(rows, user, EQUIPMENT_CHECKS, action, code=code)


def intake_rows() -> ScopedQuerySet:
    """Intakes with what their pages read."""
    return Intake.objects.select_related("unit", "created_by", "confirmed_by")


def access_intake(user: User, number: str, action: str) -> Intake:
    """An intake by its number."""
    return door(intake_rows(), user, INTAKE_CHECKS, action, number=number)


def access_import(user: User, number: str, action: str) -> ImportBatch:
    """An import by its number."""
    return door(ImportBatch.objects.select_related("unit", "created_by"), user, IMPORT_CHECKS, action, number=number)


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
