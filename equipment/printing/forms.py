"""Administrative forms as PDF."""

from equipment.models import Intake
from equipment.printing.minutes import minutes_of
from equipment.printing.pdf import render_pdf


def handover_minutes_pdf(intake: Intake) -> bytes:
    """Biên bản giao nhận TSCĐ, form C50-HD, of a confirmed intake: A4 across, one row for each device."""
    return render_pdf(
        "print/c50.html", {"minutes": minutes_of(intake)}, styles={"print/document.css": {}, "print/c50.css": {}}
    )
