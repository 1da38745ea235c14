"""Notes about what is overdue in the demonstration, sent and answered by the real steps."""

from django.utils import timezone

from accounts.demo import BA_DINH, HANOI, HOAN_KIEM
from accounts.models import User
from accounts.rules import Kind
from deadlines.actions.urging import answer, urge
from deadlines.models import Obligation

WORDS = (
    "Đề nghị đơn vị hoàn thành các việc đã quá hạn trong danh sách kèm theo, ghi rõ lý do chậm vào từng hồ sơ và phản "
    "hồi ngày dự kiến hoàn thành."
)
REPLY = "Đơn vị đang chờ bản gốc biên bản của nhà cung cấp; sẽ hoàn thành trong tuần này."


def make_urgings() -> int:
    """The province urges two districts, one of which answers; IT Center urges the province. How many notes."""
    province, district = (_clerk(code) for code in (HANOI, BA_DINH))
    center = User.objects.select_related("unit").get(username="admin1")
    made = 0
    for by, codes in ((province, (BA_DINH, HOAN_KIEM)), (center, (HANOI,))):
        rows = Obligation.objects.filter(unit__code__in=codes).overdue(timezone.localdate())
        if not rows.exists():
            continue
        for note in urge(rows, text=WORDS, by=by):
            made += 1
            if note.target_id == district.unit_id:
                answer(note, text=REPLY, by=district)
    return made


def _clerk(code: str) -> User:
    return User.objects.select_related("unit").get(unit__code=code, kind=Kind.BUSINESS, is_active=True)
