"""Requests for support in each of their states, ready and public answers, and what somebody sees of them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.rules import Kind
from support.actions import asking, public, ready, steps
from support.models import SupportRequest
from tests.support import support as s
from tests.world import World, make_user, pdf_file

OFFICER, HANDLER, CENTER, LOOKER, PEER = "nghiepvu_badinh", "nghiepvu_hanoi", "admin1", "ttcntt", "nghiepvu_danang"
NO_PAGE = {"help:suggest", "help:show", "support:file"}
"""A part of the page of asking, a step, and a file for saving."""


def furnish_support(world: World) -> dict[str, str]:
    """One request in each state, from a district; another one at IT Center."""
    asker, handler = world.nghiepvu_badinh, world.nghiepvu_hanoi
    center = make_user("hotro.cntt", world.units["00.CNTT"], Kind.BUSINESS)
    context = asking.Context("/thiet-bi/?status=in_use&sort=-received_on", "Thiết bị", "Mozilla/5.0 (Windows NT 10.0)")
    fresh = s.asked(
        asker,
        subject="Không in được tem QR trên máy in cuộn 50 × 30",
        text="Bấm In tem thì trang trắng.\n\nĐã thử hai trình duyệt, máy in khác vẫn in được.",
        files=[s.picture(size=(640, 400), name="loi-in-tem.png"), pdf_file("phiếu báo lỗi.pdf")],
        context=context,
    )
    steps.note(s.fresh(fresh), text="Gọi lại cho đơn vị trước 16:00, nhờ thử bản mới.", by=handler)
    back = s.asked_back(s.asked(asker, subject="Hồ sơ tiếp nhận báo trùng số máy", topic="dossier"), handler)
    done = s.answered(s.asked(asker, subject="Cách ghi phần mềm cài sẵn theo máy"), handler)
    over = s.closed(s.answered(s.asked(asker, subject="Đổi mật khẩu ở đâu", topic="account"), handler), asker)
    late = s.asked(asker, subject="Số liệu năm 2025 sai một thiết bị đã thanh lý", topic="data")
    # Sent three days ago: nobody can wait for that.
    SupportRequest.objects.filter(pk=late.pk).update(
        created_at=timezone.now() - timedelta(days=5), answer_by=timezone.now() - timedelta(days=3)
    )
    up = s.escalated(s.asked(asker, subject="Trang xuất Excel báo lỗi 500", topic="fault"), handler)
    s.answered(up, center)
    canned = ready.write(None, title="In lại tem", text="Chọn khổ giấy đúng với máy in rồi bấm In thử.", by=handler)
    texts = (
        ("usage", "Tem QR in bị lệch thì làm gì?", "Bấm “In thử”, đo độ lệch rồi nhập vào ô Dịch ngang, Dịch dọc."),
        ("account", "Quên mật khẩu thì làm gì?", "Báo quản trị cấp 2 của đơn vị để đặt lại mật khẩu."),
        ("dossier", "Hồ sơ tiếp nhận đã xác nhận có sửa được không?", "Dùng nút Đính chính trên trang hồ sơ."),
    )
    made = [public.publish(None, topic=t, question=q, answer=a, by=world.admin1) for t, q, a in texts]
    public.show(made[2], published=False, by=world.admin1)
    return {
        "help_fresh": fresh.number,
        "help_back": back.number,
        "help_done": done.number,
        "help_over": over.number,
        "help_late": late.number,
        "help_up": up.number,
        "help_canned": str(canned.public_id),
        "help_article": str(made[0].pk),
        "help_withdrawn": str(made[2].pk),
    }


def _press(name: str) -> Any:
    return lambda page: page.locator("main").get_by_role("button", name=name).last.click()


def _wrong(page: Any) -> None:
    page.locator(".error-summary").first.wait_for()


def _type_subject(page: Any) -> None:
    page.locator("main").get_by_label("Tiêu đề").press_sequentially("tem QR lệch")
    page.locator("#goi-y details").first.wait_for()


def _open(text: str) -> Any:
    return lambda page: page.locator("main summary", has_text=text).first.click()


PAGES = (
    ("support", OFFICER, "/ho-tro/"),
    ("support-handler", HANDLER, "/ho-tro/?who=cho"),
    ("support-late", LOOKER, "/ho-tro/?late=1"),
    ("support-empty", PEER, "/ho-tro/"),
    ("support-none", OFFICER, "/ho-tro/?q=khong-co-gi", (), 200, True),
    ("support-new", OFFICER, "/ho-tro/moi/?tu=/thiet-bi/"),
    ("support-new-hints", OFFICER, "/ho-tro/moi/", (_type_subject, _open("Tem QR"))),
    ("support-new-wrong", OFFICER, "/ho-tro/moi/", (_press("Gửi yêu cầu"), _wrong)),
    ("support-fresh", OFFICER, "/ho-tro/{help_fresh}/"),
    ("support-fresh-handler", HANDLER, "/ho-tro/{help_fresh}/"),
    ("support-context", HANDLER, "/ho-tro/{help_fresh}/?tab=boi-canh"),
    ("support-answer", HANDLER, "/ho-tro/{help_fresh}/tra-loi/?mau={help_canned}"),
    ("support-answer-wrong", HANDLER, "/ho-tro/{help_fresh}/tra-loi/", (_press("Gửi"), _wrong), 200, True),
    ("support-ask-back", HANDLER, "/ho-tro/{help_fresh}/hoi-lai/", (), 200, True),
    ("support-note", HANDLER, "/ho-tro/{help_fresh}/ghi-chu/"),
    ("support-priority", HANDLER, "/ho-tro/{help_fresh}/uu-tien/"),
    ("support-escalate", HANDLER, "/ho-tro/{help_fresh}/chuyen-len/"),
    ("support-back", OFFICER, "/ho-tro/{help_back}/"),
    ("support-reply", OFFICER, "/ho-tro/{help_back}/bo-sung/", (), 200, True),
    ("support-done", OFFICER, "/ho-tro/{help_done}/"),
    ("support-reopen", OFFICER, "/ho-tro/{help_done}/hoi-tiep/", (), 200, True),
    ("support-close", OFFICER, "/ho-tro/{help_done}/dong/"),
    ("support-withdraw", OFFICER, "/ho-tro/{help_fresh}/dong/", (), 200, True),
    ("support-over", OFFICER, "/ho-tro/{help_over}/", (), 200, True),
    ("support-overdue", OFFICER, "/ho-tro/{help_late}/"),
    ("support-up", CENTER, "/ho-tro/{help_up}/"),
    ("support-up-timeline", OFFICER, "/ho-tro/{help_up}/?tab=dien-bien"),
    ("support-statistics", HANDLER, "/ho-tro/thong-ke/"),
    ("support-statistics-empty", OFFICER, "/ho-tro/thong-ke/"),
    ("canned", HANDLER, "/ho-tro/cau-mau/"),
    ("canned-empty", PEER, "/ho-tro/cau-mau/", (), 200, True),
    ("canned-new", HANDLER, "/ho-tro/cau-mau/them/", (_press("Lưu"), _wrong), 200, True),
    ("canned-edit", HANDLER, "/ho-tro/cau-mau/{help_canned}/"),
    ("canned-remove", HANDLER, "/ho-tro/cau-mau/{help_canned}/xoa/", (), 200, True),
    ("help", OFFICER, "/ho-tro/tro-giup/", (_open("Tem QR"),)),
    ("help-center", CENTER, "/ho-tro/tro-giup/?topic=account"),
    ("help-none", OFFICER, "/ho-tro/tro-giup/?q=khong-co-gi"),
    ("help-article", CENTER, "/ho-tro/tro-giup/{help_article}/"),
    ("help-withdrawn", CENTER, "/ho-tro/tro-giup/{help_withdrawn}/", (), 200, True),
    ("help-new", CENTER, "/ho-tro/tro-giup/them/?tu={help_up}"),
    ("help-edit", CENTER, "/ho-tro/tro-giup/{help_article}/sua/", (), 200, True),
)
"""Every page of the app: name, who, address, what is done there, the status, and whether it is drawn like another."""
