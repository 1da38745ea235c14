"""What a licence allows, and how its term stands: no database, no clock."""

from datetime import date

from django.db import models

from equipment.rules.lifecycle import Status

SOON_DAYS = 60
"""Days before its end in which a licence is told of: long enough to buy the next one."""
INSTALLABLE = frozenset({Status.IN_STOCK, Status.IN_USE, Status.IN_REPAIR})
"""States of a computer on which software may be installed: at its unit, and staying."""


class Origin(models.TextChoices):
    """Which part of form BC01 tells of the software (CV 1331/BHXH-CNTT 2008)."""

    ISSUED = "issued", "BHXH Việt Nam ban hành"
    BUILT = "built", "Đơn vị tự xây dựng"
    BOUGHT = "bought", "Mua ngoài"
    BUNDLED = "bundled", "Kèm theo thiết bị (OEM)"
    FREE = "free", "Miễn phí, mã nguồn mở"


class Term(models.TextChoices):
    """How the term of a licence stands."""

    ENDLESS = "endless", "Không thời hạn"
    RUNNING = "running", "Còn hạn"
    SOON = "soon", "Sắp hết hạn"
    EXPIRED = "expired", "Hết hạn"


TERM_TONES = {Term.ENDLESS: "muted", Term.RUNNING: "ok", Term.SOON: "warn", Term.EXPIRED: "bad"}


def term_of(expires_on: date | None, today: date) -> Term:
    """The last day still counts."""
    if expires_on is None:
        return Term.ENDLESS
    left = (expires_on - today).days
    if left < 0:
        return Term.EXPIRED
    return Term.SOON if left <= SOON_DAYS else Term.RUNNING


def term_text(expires_on: date | None, today: date) -> str:
    """The term in words."""
    if expires_on is None:
        return Term.ENDLESS.label
    left = (expires_on - today).days
    if left < 0:
        return f"Hết hạn từ {expires_on:%d/%m/%Y}"
    return f"Còn {left} ngày, đến {expires_on:%d/%m/%Y}" if left <= SOON_DAYS else f"Còn đến {expires_on:%d/%m/%Y}"


def overused(seats: int | None, used: int) -> int:
    """How many installations there are beyond what was bought. No number of seats: any number may be installed."""
    return max(used - seats, 0) if seats is not None else 0
