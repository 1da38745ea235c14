"""What is watched of devices and software."""

from datetime import date
from typing import Any

from deadlines.watches import Part, Watch, offer, seen
from equipment.models import Equipment
from equipment.rules.licences import SOON_DAYS
from equipment.rules.warranty import ENDING_DAYS, SUPPORT_DAYS


def _warranty(today: date, user: Any) -> list[Part]:
    return [Part(seen(Equipment.objects.warranty_ending(today), user), "warranty_until")]


def _support(today: date, user: Any) -> list[Part]:
    return [Part(seen(Equipment.objects.support_ending(today), user), "end_of_support")]


def _licences(today: date, user: Any) -> list[Part]:
    return [Part(seen(Equipment.objects.licence_ending(today), user), "licence__expires_on")]


def register() -> None:
    """Called once, when the apps are ready."""
    offer(
        Watch(
            key="warranty",
            label=f"Thiết bị hết bảo hành trong {ENDING_DAYS} ngày tới",
            advice="Kiểm tra, yêu cầu bảo hành những máy có lỗi trước khi hết hạn.",
            address="/thiet-bi/?ending=warranty&sort=warranty_until",
            parts=_warranty,
            law="Điều 8",
        )
    )
    offer(
        Watch(
            key="licence",
            label=f"Bản quyền phần mềm hết hạn trong {SOON_DAYS} ngày tới",
            advice="Gia hạn, mua tiếp hoặc gỡ phần mềm.",
            address="/phan-mem/?state=soon&sort=expires_on",
            parts=_licences,
        )
    )
    offer(
        Watch(
            key="support",
            label=f"Thiết bị, phần mềm hết hỗ trợ của nhà sản xuất trong {SUPPORT_DAYS} ngày tới",
            advice="Lập kế hoạch thay thế hoặc nâng cấp.",
            address="/thiet-bi/?ending=support&sort=end_of_support",
            parts=_support,
        )
    )
