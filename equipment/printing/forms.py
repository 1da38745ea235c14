"""Administrative forms as PDF."""

from core.errors import DomainError
from equipment.models import Intake
from equipment.printing.minutes import minutes_of
from equipment.queries.deliveries import gone_of
from ui.formats import number
from ui.pdf import render_pdf

MAX_ROWS = 1000
"""About ten seconds of work and 400 MB: more would hold up the people who wait for the same server."""


def handover_minutes_pdf(intake: Intake) -> bytes:
    """Biên bản giao nhận TSCĐ, form C50-HD, of a confirmed intake: A4 across, one row for each device.

    Raises DomainError for an intake of more than MAX_ROWS devices.
    """
    count = intake.equipment.count() + len(gone_of(intake))
    if count > MAX_ROWS:
        raise DomainError(
            f"Biên bản in được nhiều nhất {number(MAX_ROWS)} thiết bị, hồ sơ này có {number(count)}. "
            "Hãy xuất danh sách thiết bị của hồ sơ ra Excel làm phụ lục của biên bản đã ký.",
            code="too_many",
        )
    return render_pdf(
        "print/c50.html", {"minutes": minutes_of(intake)}, styles={"print/document.css": {}, "print/c50.css": {}}
    )
