"""Requests for support in each state, ready and public answers, made by the real steps."""

from accounts.demo import BA_DINH, DA_NANG, HANOI, HOAN_KIEM, IT_CENTER
from accounts.models import User
from accounts.rules import Kind
from support.actions import asking, public, ready, steps
from support.models import SupportRequest
from support.rules import Priority, Topic

READY = (
    ("In lại tem", "Chọn đúng khổ giấy của máy in, bấm “In thử” và đo độ lệch rồi nhập vào ô Dịch ngang, Dịch dọc."),
    ("Trùng số máy", "Kiểm tra lại số máy trên tem của hãng. Nếu đúng, gửi ảnh tem để Trung tâm CNTT đối chiếu."),
)
PUBLIC = (
    (
        Topic.IMPORT,
        "Tem QR in bị lệch khỏi ô thì làm gì?",
        "Mở trang in nhãn, bấm “In thử”, đo độ lệch theo mi-li-mét rồi nhập vào ô Dịch ngang, Dịch dọc và in lại.",
    ),
    (
        Topic.DOSSIER,
        "Hồ sơ tiếp nhận đã xác nhận nhập sai tên nhà cung cấp thì sửa thế nào?",
        "Mở hồ sơ, bấm “Đính chính”, sửa và ghi lý do. Ngày, đơn giá, số lượng đã vào sổ nên không đính chính được.",
    ),
    (
        Topic.ACCOUNT,
        "Tài khoản bị khóa do nhập sai mật khẩu thì làm gì?",
        "Liên hệ quản trị cấp 2 của đơn vị (cấp huyện: của BHXH tỉnh) để mở khóa.",
    ),
)


def make_requests() -> int:
    """Ask, answer, ask back, pass on, close; how many requests there are then."""
    hanoi, ba_dinh, hoan_kiem, da_nang = (_of(unit, Kind.BUSINESS) for unit in (HANOI, BA_DINH, HOAN_KIEM, DA_NANG))
    center = _of(IT_CENTER, Kind.LEVEL1_ADMIN)
    for title, text in READY:
        ready.write(None, title=title, text=text, by=hanoi)
    for topic, question, answer in PUBLIC:
        public.publish(None, topic=topic, question=question, answer=answer, by=center)
    urgent = _asked(ba_dinh, Topic.IMPORT, "Không in được tem trên máy in cuộn", "Bấm In tem thì ra trang trắng.")
    urgent = steps.prioritise(urgent, priority=Priority.HIGH, by=hanoi, version=urgent.version)
    steps.note(urgent, text="Gọi lại cho đơn vị, nhờ thử trình duyệt khác.", by=hanoi)
    back = _asked(ba_dinh, Topic.DOSSIER, "Hồ sơ tiếp nhận báo trùng số máy", "Số máy nhập đúng mà vẫn báo trùng.")
    steps.ask_back(back, text="Đề nghị gửi ảnh chụp tem của hãng.", by=hanoi, version=back.version)
    done = _asked(hoan_kiem, Topic.USAGE, "Ghi phần mềm cài sẵn theo máy ở đâu", "Máy mới có sẵn bộ văn phòng.")
    steps.answer(done, text="Mở mục Phần mềm, lập một dòng rồi chọn máy đã cài.", by=hanoi, version=done.version)
    up = _asked(hoan_kiem, Topic.FAULT, "Tệp xuất bị thiếu cột", "Chọn cột Ghi chú nhưng tệp không có.")
    steps.escalate(up, reason="Đã thử lại, vẫn thiếu cột; cần kiểm tra phần mềm.", by=hanoi, version=up.version)
    over = _asked(da_nang, Topic.ACCOUNT, "Thêm tài khoản tra cứu cho lãnh đạo", "Đơn vị có Phó Giám đốc mới.")
    over = steps.answer(over, text="Đề nghị gửi văn bản theo Điều 13.5.", by=center, version=over.version)
    steps.close(over, text="Đã gửi văn bản.", by=da_nang, version=over.version)
    _asked(da_nang, Topic.DATA, "Hai thiết bị trùng nhau trong sổ", "Nhập hai lần từ hai tệp, không xóa được.")
    return SupportRequest.objects.count()


def _asked(by: User, topic: Topic, subject: str, text: str) -> SupportRequest:
    return asking.ask(topic=topic, subject=subject, text=text, by=by)


def _of(unit: str, kind: Kind) -> User:
    found: User = User.objects.select_related("unit").get(unit__code=unit, kind=kind, is_active=True)
    return found
