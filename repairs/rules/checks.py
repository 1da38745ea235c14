"""What stands against each step of a repair. Everything that is missing is said at once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from core.errors import DomainError
from repairs.rules.flow import RESULTS, Place, Result
from repairs.rules.parts import cost_of_parts
from ui.formats import money, vndate


def covered(line: Any, day: date) -> bool:
    """Whether the device's warranty still runs on `day`."""
    return line.warranty_until is not None and line.warranty_until >= day


def paid_though_covered(repair: Any, lines: Sequence[Any], today: date) -> list[Any]:
    """Lines on which money is spent (or estimated, while there is no result) though the warranty runs."""
    day = repair.sent_on or today
    return [line for line in lines if covered(line, day) and (line.cost if line.result else line.estimate)]


def check_send(repair: Any, lines: Sequence[Any], *, sent_on: date | None, today: date) -> list[DomainError]:
    """What is missing before the devices go off; `sent_on` is None while the day isn't chosen."""
    problems = []
    if not repair.assessment:
        problems.append(DomainError("Chưa ghi kết quả đánh giá tình trạng kỹ thuật (Điều 8).", field="assessment"))
    if not lines:
        problems.append(DomainError("Hồ sơ chưa có thiết bị nào.", field="devices"))
    if repair.sent_to == Place.SUPPLIER and not repair.supplier:
        problems.append(DomainError("Chưa ghi tên nhà cung cấp, nơi sửa chữa.", field="supplier"))
    problems += [
        DomainError(f"{line.code}: chưa ghi hiện tượng hỏng hoặc việc cần làm.", field=f"fault_{line.pk}")
        for line in lines
        if not line.fault
    ]
    if sent_on is not None:
        problems += _check_sent_on(repair, sent_on, today)
    return problems


def _check_sent_on(repair: Any, sent_on: date, today: date) -> list[DomainError]:
    if sent_on > today:
        return [DomainError("Ngày gửi ở tương lai. Hãy ghi ngày thiết bị thực sự được gửi đi.", field="sent_on")]
    if sent_on < repair.opened_on:
        message = f"Ngày gửi trước ngày đánh giá ({vndate(repair.opened_on)})."
        return [DomainError(message, field="sent_on")]
    if repair.expected_on and repair.expected_on < sent_on:
        message = f"Ngày hẹn trả ({vndate(repair.expected_on)}) trước ngày gửi. Hãy sửa một trong hai ngày."
        return [DomainError(message, field="sent_on")]
    return []


def check_line(repair: Any, line: Any) -> list[DomainError]:
    """What is wrong with the result of one device; nothing is asked of a line without one."""
    wrong = _wrong_result(repair, line) or {**_wrong_serial(repair, line), **_wrong_price(line)}
    return [DomainError(f"{line.code}: {message}", field=f"{name}_{line.pk}") for name, message in wrong.items()]


def _wrong_result(repair: Any, line: Any) -> dict[str, str]:
    parts = cost_of_parts(line.parts)
    if line.result and line.result not in RESULTS[repair.kind]:
        return {"result": "kết quả này không dùng cho loại hồ sơ này."}
    if line.result and parts > (line.cost or 0):
        return {"cost": f"chi phí thấp hơn tiền linh kiện ({money(parts)})."}
    return {}


def _wrong_serial(repair: Any, line: Any) -> dict[str, str]:
    if line.result != Result.REPLACED:
        if line.new_serial or line.new_warranty_until:
            return {"new_serial": f"chỉ ghi số máy mới khi kết quả là “{Result.REPLACED.label}”."}
        return {}
    if not line.new_serial:
        return {"new_serial": "hãy ghi số máy (serial) của máy đổi mới."}
    if line.new_serial.upper() == line.equipment.serial.upper():
        return {"new_serial": "số máy mới trùng số máy cũ."}
    back = repair.returned_on or repair.sent_on
    if line.new_warranty_until and line.new_warranty_until < back:
        return {
            "new_warranty_until": f"bảo hành mới đến {vndate(line.new_warranty_until)} đã hết trước ngày "
            f"{'nhận lại' if repair.returned_on else 'gửi'} ({vndate(back)})."
        }
    return {}


def _wrong_price(line: Any) -> dict[str, str]:
    if line.result != Result.UPGRADED:
        needless = line.new_price is not None
        return {"new_price": f"chỉ ghi nguyên giá mới khi kết quả là “{Result.UPGRADED.label}”."} if needless else {}
    return {} if line.new_price else {"new_price": "hãy ghi nguyên giá sau nâng cấp, lớn hơn 0 (Điều 8)."}


def check_results(repair: Any, lines: Sequence[Any], *, today: date) -> list[DomainError]:
    """What is wrong in the results as far as they are there."""
    problems = [problem for line in lines for problem in check_line(repair, line)]
    problems += _same_serials(lines)
    if repair.returned_on:
        problems += _check_returned_on(repair, today)
    if paid_though_covered(repair, [line for line in lines if line.result], today) and not repair.cost_reason:
        message = "Có chi phí cho thiết bị còn bảo hành. Hãy ghi lý do phải trả tiền."
        problems.append(DomainError(message, field="cost_reason"))
    return problems


def _same_serials(lines: Sequence[Any]) -> list[DomainError]:
    seen: dict[str, Any] = {}
    problems = []
    for line in lines:
        if not line.new_serial:
            continue
        other = seen.setdefault(line.new_serial.upper(), line)
        if other is not line:
            message = f"{line.code}: số máy mới “{line.new_serial}” đã ghi cho {other.code}."
            problems.append(DomainError(message, field=f"new_serial_{line.pk}"))
    return problems


def _check_returned_on(repair: Any, today: date) -> list[DomainError]:
    problems = []
    if repair.returned_on > today:
        problems.append(DomainError("Ngày nghiệm thu ở tương lai. Hãy kiểm tra lại.", field="returned_on"))
    if repair.returned_on < repair.sent_on:
        message = f"Ngày nghiệm thu trước ngày gửi ({vndate(repair.sent_on)})."
        problems.append(DomainError(message, field="returned_on"))
    if repair.expected_on and repair.returned_on > repair.expected_on and not repair.late_reason:
        message = f"Trả sau ngày hẹn ({vndate(repair.expected_on)}). Hãy ghi lý do chậm."
        problems.append(DomainError(message, field="late_reason"))
    return problems


def check_finish(repair: Any, lines: Sequence[Any], *, today: date) -> list[DomainError]:
    """What is missing before the devices come back."""
    problems = []
    if repair.returned_on is None:
        problems.append(DomainError("Chưa ghi ngày nghiệm thu, nhận lại thiết bị.", field="returned_on"))
    problems += [
        DomainError(f"{line.code}: chưa ghi kết quả.", field=f"result_{line.pk}") for line in lines if not line.result
    ]
    return [*problems, *check_results(repair, lines, today=today)]
