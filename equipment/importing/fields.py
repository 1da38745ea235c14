"""What a column of a list may mean, and how people head it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from core.text import fold
from equipment.rules.attributes import ATTRIBUTES, Attribute, attributes_of

ATTRIBUTE = "attr:"
_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
_MARKS = re.compile(r"[^a-z0-9]+")
_MULTIPLES = re.compile(r"\b(?:trieu|tr|tr dong|nghin|ngan|ty|1000|1 000|1000000|1 000 000)\b")


@dataclass(frozen=True)
class Field:
    """One meaning. `names` are headings as people write them, folded, the surest first."""

    key: str
    label: str
    names: tuple[str, ...] = ()
    required: bool = False
    help: str = ""


def _field(key: str, label: str, names: str, *, required: bool = False, help: str = "") -> Field:  # noqa: A002 - of the dataclass
    return Field(key, label, tuple(name.strip() for name in names.split(",")), required=required, help=help)


COMMON = (
    _field(
        "category",
        "Loại thiết bị",
        "loai thiet bi, loai, loai tb, chung loai, chung loai thiet bi, loai tai san, ma loai, nhom thiet bi",
        required=True,
        help="Tên hoặc mã loại trong danh mục.",
    ),
    _field(
        "name",
        "Tên thiết bị",
        "ten thiet bi, ten tb, ten tai san, ten ts, ten may, ten goi, ten, thiet bi, ten tai san thiet bi",
        help="Để trống thì lấy theo loại và mẫu.",
    ),
    _field(
        "brand",
        "Hãng",
        "hang, hang san xuat, hang sx, nha san xuat, nha sx, thuong hieu, nhan hieu",
        help="Cùng với mẫu để tìm đúng mẫu trong danh mục.",
    ),
    _field(
        "model",
        "Mẫu",
        "mau, model, mau thiet bi, model may, mau may, mau ma, kieu may, dong may, ky hieu, ma hieu",
        help="Tên mẫu trong danh mục, có hoặc không có tên hãng đứng trước; để trống nếu danh mục chưa có.",
    ),
    _field(
        "serial",
        "Số máy (serial)",
        "so may serial, so may, so serial, serial, s n, sn, seri, so seri, so se ri, serial number, serial no, "
        "service tag, so hieu may",
        help="Bắt buộc với những loại cần số máy.",
    ),
    _field(
        "inventory_number",
        "Số thẻ tài sản",
        "so the tai san, so the, so the ts, ma tai san, ma ts, so hieu tai san, so tai san, ma the tai san, "
        "ma so tai san",
    ),
    _field(
        "original_price",
        "Nguyên giá",
        "nguyen gia, nguyen gia tai san, don gia, gia mua, gia tri, thanh tien, gia tien, gia, nguyen gia dong",
        required=True,
        help="Số đồng, không viết theo nghìn hay triệu; 0 nếu không có giá.",
    ),
    _field(
        "received_on",
        "Ngày tiếp nhận",
        "ngay tiep nhan, ngay dua vao su dung, ngay dua vao sd, ngay nhan, ngay su dung, ngay ban giao, "
        "ngay giao nhan, ngay trang cap, ngay cap, ngay mua, ngay nhap, ngay ghi tang, thoi gian dua vao su dung",
        required=True,
        help="Ngày/tháng/năm, ví dụ 25/11/2020.",
    ),
    _field(
        "status",
        "Trạng thái",
        "trang thai, trang thai su dung, tinh trang su dung, hien trang su dung",
        help="Trong kho hoặc Đang sử dụng; để trống thì theo người sử dụng và phòng, tổ.",
    ),
    _field(
        "condition",
        "Tình trạng",
        "tinh trang, tinh trang ky thuat, chat luong, hien trang, tinh trang thiet bi",
        help="Tốt, Trung bình hoặc Kém; để trống thì là Tốt.",
    ),
    _field(
        "room",
        "Phòng, tổ",
        "phong to, phong, to, phong ban, phong su dung, bo phan, bo phan su dung, noi su dung, noi dat, vi tri, "
        "don vi su dung, phong to su dung",
        help="Tên hoặc mã phòng, tổ của đơn vị.",
    ),
    _field(
        "holder_name",
        "Người sử dụng",
        "nguoi su dung, nguoi dung, can bo su dung, ho ten nguoi su dung, ho va ten nguoi su dung, ten nguoi su dung, "
        "nguoi quan ly su dung, nguoi quan ly, nguoi nhan, ho va ten, ho ten, can bo",
    ),
    _field(
        "warranty_until",
        "Bảo hành đến",
        "bao hanh den, bao hanh den ngay, han bao hanh, het bao hanh, ngay het bao hanh, ngay het han bao hanh, "
        "bao hanh",
        help="Ngày cuối cùng được bảo hành, hoặc thời gian như “36 tháng”.",
    ),
    _field(
        "warranty_months",
        "Số tháng bảo hành",
        "so thang bao hanh, bao hanh thang, thoi gian bao hanh, thoi han bao hanh",
        help="Kể từ ngày tiếp nhận.",
    ),
    _field(
        "end_of_support",
        "Nhà sản xuất hết hỗ trợ",
        "nha san xuat het ho tro, het ho tro, ngay het ho tro, ngay nha san xuat het ho tro",
    ),
    _field("made_year", "Năm sản xuất", "nam san xuat, nam sx"),
    _field("made_in", "Nước sản xuất", "nuoc san xuat, xuat xu, nuoc sx, noi san xuat"),
    _field("note", "Ghi chú", "ghi chu, chu thich, dien giai"),
    _field(
        "code",
        "Mã thiết bị",
        "ma thiet bi, ma tb",
        help="Chỉ để cập nhật thiết bị đã có; thiết bị mới được cấp mã khi nhập.",
    ),
    _field("quantity", "Số lượng", "so luong, sl", help="Mỗi dòng một thiết bị."),
    _field(
        "unit", "Đơn vị", "don vi, ten don vi, ma don vi, co quan, don vi quan ly", help="Phải là đơn vị đang nhập."
    ),
)

REASON = "Lỗi cần sửa"
"""Heads the reasons in a file that is handed back; such a column is known and left out."""

_LEFT_OUT = (
    "stt, tt, so tt, so thu tu, don vi tinh, dvt, ho so tiep nhan, dot nhap, loi can sua, gia tri con lai, "
    "hao mon, gia tri hao mon, hao mon luy ke, hao mon den"
)
LEFT_OUT = frozenset(_LEFT_OUT.split(", "))
"""Headings that are known and tell nothing about a device."""


def heading(text: str) -> str:
    """A heading as it is compared: without accents, marks and case."""
    return _MARKS.sub(" ", fold(text)).strip()


def headings(text: str) -> list[str]:
    """The ways to read a heading: as a whole, without what stands in brackets, only that; the likeliest first."""
    outside, inside = _BRACKETS.sub(" ", text), " ".join(_BRACKETS.findall(text))
    return [name for name in dict.fromkeys((heading(text), heading(outside), heading(inside))) if name]


def counts_in_multiples(text: str) -> bool:
    """Whether a heading says that its amounts are thousands or millions."""
    return _MULTIPLES.search(heading(text)) is not None


def attribute_of(key: str) -> Attribute:
    """The attribute behind a field's key."""
    return attributes_of([key.removeprefix(ATTRIBUTE)])[0]


@cache
def _attribute_field(key: str) -> Field:
    attribute = attributes_of([key])[0]
    names = tuple(dict.fromkeys([*headings(attribute.label), heading(key)]))
    return Field(ATTRIBUTE + key, attribute.label, names, help=attribute.help)


def all_fields(keys: Iterable[str] = ()) -> dict[str, Field]:
    """Every meaning by its key; `keys` are the attributes that the categories name."""
    known = dict.fromkeys([*ATTRIBUTES, *keys])
    known.pop("ngay_het_ho_tro", None)  # the common field has it
    fields = [*COMMON, *(_attribute_field(key) for key in known)]
    return {field.key: field for field in fields}


def names_of(fields: Iterable[Field]) -> dict[str, tuple[str, int]]:
    """Heading → the field that it means, and how sure that is (0 is surest). Common fields win."""
    found: dict[str, tuple[str, int]] = {}
    for field in fields:
        for rank, name in enumerate(field.names):
            found.setdefault(name, (field.key, rank))
    return found


def labels(fields: Sequence[Field]) -> str:
    """Their names in a sentence."""
    return ", ".join(f"“{field.label}”" for field in fields)
