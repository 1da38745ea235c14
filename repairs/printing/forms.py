"""Administrative forms of repairs as PDF."""

from core.errors import DomainError
from repairs.models import Repair
from repairs.printing.c54 import completion_of
from ui.pdf import render_pdf


def completion_minutes_pdf(repair: Repair) -> bytes:
    """Biên bản giao nhận TSCĐ sửa chữa lớn hoàn thành, form C54-HD: A4, a block for each device.

    Raises DomainError while a device has no result.
    """
    if bare := [line.code for line in repair.lines.all() if not line.result]:
        named = ", ".join(bare[:5]) + ("…" if len(bare) > 5 else "")  # noqa: PLR2004 - as many as one reads
        raise DomainError(f"Hãy ghi kết quả của mọi thiết bị trước khi phát hành biên bản; còn thiếu: {named}.")
    return render_pdf(
        "print/c54.html", {"minutes": completion_of(repair)}, styles={"print/document.css": {}, "print/c54.css": {}}
    )
