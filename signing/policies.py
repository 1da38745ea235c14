"""Doors of papers, of the register of signers, of pictures, and of whom the system trusts."""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.models import User
from core.scope import ScopedQuerySet
from dossiers.policies import Check, door, recording_in, records, seen
from orgs.models import OrgUnit, OrgUnitQuerySet
from orgs.policies import visible_units
from orgs.rules import Grant
from signing.models import Paper, SignatureImage, SignerCertificate, TrustedAuthority
from signing.rules import PaperState

PAPER_CHECKS: Mapping[str, Check] = {"view": seen, "sign": recording_in(PaperState.OPEN)}


def may_register(user: User, unit: OrgUnit) -> bool:
    """Whether `user` keeps the register of signers of `unit`: the admins who manage its accounts (art. 5)."""
    return user.scope.may(Grant.MANAGE_ACCOUNTS, unit.path)


SIGNER_CHECKS: Mapping[str, Check] = {
    "view": seen,
    "switch": lambda user, certificate: may_register(user, certificate.unit),
}
IMAGE_CHECKS: Mapping[str, Check] = {"view": seen, "retire": records}


def paper_rows() -> ScopedQuerySet:
    """Papers with what their pages read."""
    return Paper.objects.select_related("unit", "created_by")


def access_paper(user: User, public_id: UUID, action: str) -> Paper:
    """A paper: 404 for what the account doesn't see, 403 for what it may not do (now)."""
    found: Paper = door(paper_rows(), user, PAPER_CHECKS, action, public_id=public_id)
    return found


def access_signer(user: User, public_id: UUID, action: str) -> SignerCertificate:
    """A registered certificate: 404 for who doesn't see its unit, 403 for who doesn't keep the register."""
    rows = SignerCertificate.objects.visible_to(user).select_related("unit", "created_by")
    found = get_object_or_404(rows, public_id=public_id)
    if not SIGNER_CHECKS[action](user, found):
        raise PermissionDenied
    return found


def access_image(user: User, public_id: UUID, action: str) -> SignatureImage:
    """A picture: 404 for who doesn't see its unit, 403 for who doesn't record for it."""
    rows = SignatureImage.objects.visible_to(user).select_related("unit", "created_by")
    found = get_object_or_404(rows, public_id=public_id)
    if not IMAGE_CHECKS[action](user, found):
        raise PermissionDenied
    return found


def registrable_units(user: User) -> OrgUnitQuerySet:
    """Agencies whose signers `user` registers; 403 for who registers none."""
    if not user.scope.may(Grant.MANAGE_ACCOUNTS):
        raise PermissionDenied
    paths = user.scope.grants.get(Grant.MANAGE_ACCOUNTS, ())
    units = visible_units(user).agencies()
    below = units.none()
    for path in paths:
        below |= units.filter(path__startswith=path)
    return below


def keeps_trust(user: User) -> bool:
    """Whether `user` says whom the system trusts: level-1 admins, who keep what all units share (art. 14.3)."""
    return user.scope.may(Grant.MANAGE_CATALOGUE)


def require_trust(user: User) -> None:
    """403 for whoever doesn't."""
    if not keeps_trust(user):
        raise PermissionDenied


def access_authority(user: User, public_id: UUID) -> TrustedAuthority:
    """An authority; 403 for whoever doesn't keep them."""
    require_trust(user)
    return get_object_or_404(TrustedAuthority.objects.select_related("created_by"), public_id=public_id)
