"""Kinds of unit and of grant."""

from django.db import models


class UnitKind(models.TextChoices):
    """Levels of Vietnam Social Security's organisation (NĐ 01/2016/NĐ-CP, QĐ 375 art. 4.4)."""

    HQ = "hq", "BHXH Việt Nam"
    HQ_UNIT = "hq_unit", "Đơn vị trực thuộc BHXH Việt Nam"
    PROVINCE = "province", "BHXH tỉnh, thành phố"
    DISTRICT = "district", "BHXH quận, huyện"
    DEPARTMENT = "department", "Phòng, tổ"


AGENCIES = frozenset({UnitKind.HQ, UnitKind.HQ_UNIT, UnitKind.PROVINCE, UnitKind.DISTRICT})
"""Units that keep their own books. A department's equipment is on the books of the agency above it."""


class Grant(models.TextChoices):
    """Permissions given on a unit (art. 5 and 6), with what they reach."""

    VIEW_DATA = "view_data", "Xem dữ liệu của đơn vị và các đơn vị cấp dưới"
    RECORD_DATA = "record_data", "Cập nhật dữ liệu của đơn vị"
    MANAGE_ACCOUNTS = "manage_accounts", "Quản lý tài khoản của đơn vị và cấp dưới"
    MANAGE_CATALOGUE = "manage_catalogue", "Quản lý danh mục dùng chung"
    MANAGE_UNITS = "manage_units", "Quản lý cây đơn vị"
    RUN_PLANNING = "run_planning", "Tổ chức lập kế hoạch"
    SUPERVISE = "supervise", "Đôn đốc, miễn hạn của đơn vị cấp dưới"
    ANSWER_SUPPORT = "answer_support", "Trả lời yêu cầu hỗ trợ"
    UNLOCK_BOOKS = "unlock_books", "Mở khóa số liệu năm"
