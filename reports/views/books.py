"""Lists behind the figures: entries of the books, devices that stood on them on a day."""

from django.http import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.http import Request
from equipment.models import LedgerEntry
from reports.filters import EntryFilter, HeldFilter
from reports.queries.asof import with_state
from reports.tables import EntryTable, HeldTable
from reports.views.sets import HOME
from ui.links import Link
from ui.lists import Empty, render_list

ENTRIES = Link("Sổ biến động", "/bao-cao/so-bien-dong/")


@require_safe
def entry_list(request: Request) -> HttpResponseBase:
    """Every line of the books that the person sees: what came, what went, what was corrected."""
    return render_list(
        request,
        queryset=LedgerEntry.objects.visible_to(request.user),
        table=EntryTable,
        filterset=EntryFilter,
        title=ENTRIES.label,
        noun="bút toán",
        export_name="so-bien-dong",
        search=lambda rows, text: rows.filter(dossier__icontains=text),
        search_label="Tìm theo số hồ sơ",
        actions=[Link("Thiết bị trên sổ tại một ngày", "/bao-cao/ton-so/", icon="calendar-event")],
        breadcrumb=[HOME],
        empty=Empty("Chưa có bút toán nào", "Sổ được ghi khi tiếp nhận, điều chuyển, thanh lý, sửa chữa nâng cấp…"),
    )


@require_safe
def held_list(request: Request) -> HttpResponseBase:
    """The devices on the books at the end of a day (`?day=`, today without it), as they were then."""
    return render_list(
        request,
        queryset=with_state(LedgerEntry.objects.visible_to(request.user), timezone.localdate()),
        table=HeldTable,
        filterset=HeldFilter,
        title="Thiết bị trên sổ tại một ngày",
        noun="thiết bị",
        export_name="thiet-bi-tai-ngay",
        subtitle="Theo sổ biến động: mỗi thiết bị một dòng, với trạng thái và tình trạng của ngày đó.",
        actions=[ENTRIES],
        breadcrumb=[HOME],
        empty=Empty("Ngày này trên sổ chưa có thiết bị nào", "Hãy chọn ngày khác trong bộ lọc."),
    )
