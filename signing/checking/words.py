"""What can be wrong with a signed file, said so that the reader knows what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Why a file or a signature isn't accepted."""

    UNREADABLE = "unreadable"
    UNSIGNED = "unsigned"
    FOREIGN = "foreign"
    SEVERAL = "several"
    PARTIAL = "partial"
    CHANGED = "changed"
    BROKEN = "broken"
    PLACE = "place"
    TOO_LARGE = "too_large"
    UNTRUSTED = "untrusted"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    REVOKED = "revoked"
    USAGE = "usage"
    WEAK = "weak"
    CLOCK = "clock"
    UNREGISTERED = "unregistered"
    ORDER = "order"
    MISSING = "missing"


_WORDS = {
    Fault.UNREADABLE: "Không đọc được tệp hoặc chữ ký số trong tệp. Hãy lấy lại tệp gốc rồi ký lại.",
    Fault.UNSIGNED: "Tệp chưa có chữ ký số mới. Hãy ký tệp bằng công cụ ký số rồi tải lên tệp đã ký.",
    Fault.FOREIGN: "Tệp không phải văn bản này, hoặc nội dung đã bị sửa, in lại, chuyển đổi. "
    "Hãy tải đúng tệp của bước ký này về, ký thẳng trên tệp đó và không mở bằng chương trình khác để lưu lại.",
    Fault.SEVERAL: "Tệp có nhiều hơn một chữ ký mới. Mỗi lần chỉ ký một bước: hãy tải lại tệp và chỉ ký một chữ ký.",
    Fault.PARTIAL: "Chữ ký không bao trùm toàn bộ tệp: có dữ liệu được thêm sau khi ký. "
    "Hãy tải lại tệp, ký và nộp ngay tệp vừa ký.",
    Fault.CHANGED: "Nội dung văn bản bị thay đổi ngoài phần chữ ký (trang, chú thích hoặc trường dữ liệu). "
    "Không chấp nhận tệp này: hãy tải lại tệp gốc và chỉ thực hiện thao tác ký.",
    Fault.BROKEN: "Chữ ký không còn khớp với nội dung: tệp đã bị sửa sau khi ký. "
    "Không sử dụng tệp này; hãy yêu cầu nơi gửi cung cấp lại tệp gốc đã ký.",
    Fault.PLACE: "Chữ ký đặt sai chỗ: đè vào ô ký của bước khác hoặc che phần lớn trang. "
    "Hãy tải lại tệp và đặt chữ ký đúng ô dành cho bước này.",
    Fault.TOO_LARGE: "Phần chữ ký thêm vào tệp quá lớn. Hãy dùng hình chữ ký nhỏ hơn (dưới 1 MB) rồi ký lại.",
    Fault.UNTRUSTED: "Chứng thư số không do tổ chức chứng thực mà hệ thống tin cậy cấp. "
    "Hãy dùng chứng thư số do Ban Cơ yếu Chính phủ cấp; nếu đúng là chứng thư đó, hãy báo Trung tâm CNTT bổ sung gốc "
    "tin cậy.",
    Fault.EXPIRED: "Chứng thư số đã hết hạn tại thời điểm ký. Hãy đề nghị gia hạn hoặc cấp mới chứng thư rồi ký lại.",
    Fault.NOT_YET: "Chứng thư số chưa có hiệu lực tại thời điểm ký. Hãy kiểm tra ngày giờ máy ký hoặc dùng chứng thư "
    "khác.",
    Fault.REVOKED: "Chứng thư số đã bị thu hồi tại thời điểm ký. Không được dùng chứng thư này: hãy đề nghị cấp chứng "
    "thư mới.",
    Fault.USAGE: "Chứng thư số không được cấp cho mục đích ký văn bản. Hãy chọn đúng chứng thư ký số.",
    Fault.WEAK: "Chữ ký dùng thuật toán không còn an toàn (như SHA-1, MD5). Hãy đặt công cụ dùng SHA-256 rồi ký lại.",
    Fault.CLOCK: "Thời điểm ghi trên chữ ký không hợp lý (trước khi trình ký hoặc ở tương lai). "
    "Hãy chỉnh đúng ngày giờ trên máy ký rồi ký lại.",
    Fault.UNREGISTERED: "Chứng thư số chưa được đăng ký cho vai trò ký này của đơn vị. "
    "Hãy đề nghị quản trị đăng ký chứng thư tại trang Người ký, hoặc dùng chứng thư đã đăng ký.",
    Fault.ORDER: "Thứ tự hoặc vai trò ký không đúng: người lập ký trước, rồi thủ trưởng, sau cùng là dấu của cơ quan.",
    Fault.MISSING: "Văn bản chưa đủ chữ ký. Hãy ký đủ các bước còn lại.",
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong; `text` is fit to be shown to whoever signs."""

    fault: Fault
    text: str

    @property
    def what(self) -> str:
        """Its first sentence: what is wrong, without the advice how to sign."""
        return f"{self.text.split('. ')[0].rstrip('.')}."


def problem(fault: Fault, before: str = "") -> Problem:
    """The problem in words; `before` names what it is about."""
    return Problem(fault, f"{before}: {_WORDS[fault]}" if before else _WORDS[fault])
