"""Figures and signs behind the demonstration's purchases: rough guesses that look right, no statistics."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class CategoryData:
    """How a category is bought. `weights`: share of devices for a district, a province, head office, IT Center."""

    weights: tuple[float, float, float, float]
    quantity: tuple[int, int] = (1, 2)
    warranty_months: int = 12
    personal: bool = False
    network: bool = False
    dated_attribute: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


_PC = {"RAM": "8 GB", "o_cung": "SSD 256 GB", "man_hinh": "21,5 inch", "OS": "Windows 10 Pro"}
_LAPTOP = {"RAM": "8 GB", "o_cung": "SSD 512 GB", "OS": "Windows 10 Pro"}
_SERVER = {"RAM": "32 GB", "o_cung": "2 × SSD 480 GB, 4 × HDD 1,2 TB", "vai_tro": "Máy chủ ứng dụng"}
_LICENCE = {"loai_bq": "volume", "key_ref": "Bộ phận CNTT giữ"}
_YEARLY = {"loai_bq": "subscription", "key_ref": "Bộ phận CNTT giữ", "so_ban_quyen": "50"}

CATEGORIES = {
    "MAY_CHU": CategoryData((0.6, 3, 0.5, 17), (1, 4), 36, network=True, attributes=_SERVER),
    "MAY_CHU_AO": CategoryData((0, 0.6, 0, 12), (2, 12), 0, network=True, attributes={"vCPU": "8", "RAM": "16 GB"}),
    "MAY_TINH_BAN": CategoryData((42, 36, 40, 12), (3, 20), 36, personal=True, network=True, attributes=_PC),
    "MAY_XACH_TAY": CategoryData((4, 6, 16, 9), (1, 8), 24, personal=True, network=True, attributes=_LAPTOP),
    "MAY_TINH_BANG": CategoryData((0.3, 0.5, 1.5, 0.3), (1, 4), 12, personal=True),
    "LT_SAN": CategoryData((0, 0.1, 0, 1.5), (1, 1), 36),
    "LT_NAS": CategoryData((0.1, 0.6, 0.4, 0.8), (1, 2), 24, network=True),
    "LT_TAPE": CategoryData((0, 0, 0, 0.6), (1, 1), 36),
    "MANG_ROUTER": CategoryData((1.4, 1.2, 0.3, 2), (1, 2), 12, network=True, attributes={"so_cong": "4"}),
    "MANG_SWITCH_CORE": CategoryData((0, 0.8, 0.3, 3), (1, 2), 36, network=True),
    "MANG_SWITCH": CategoryData((3, 3.5, 2, 5), (1, 6), 12, network=True, attributes={"so_cong": "24"}),
    "MANG_WIFI": CategoryData((1.2, 1.6, 2, 1), (1, 5), 12, network=True),
    "MANG_MODEM": CategoryData((0.8, 0.5, 0.2, 0.3), (1, 2), 12),
    "MANG_LB": CategoryData((0, 0, 0, 0.6), (1, 2), 36, network=True),
    "MANG_TU_RACK": CategoryData((0.5, 0.7, 0.2, 1.5), (1, 2), 12),
    "BM_FW": CategoryData((1, 1.2, 0.2, 2), (1, 2), 36, network=True, dated_attribute="license_het_han"),
    "BM_IPS": CategoryData((0, 0, 0, 0.8), (1, 2), 36, network=True, dated_attribute="license_het_han"),
    "BM_WAF": CategoryData((0, 0, 0, 0.5), (1, 2), 36, network=True, dated_attribute="license_het_han"),
    "BM_TOKEN": CategoryData((6, 4, 5, 3), (2, 10), 60, personal=True),
    "MAY_IN": CategoryData((13, 10, 9, 2), (1, 10), 12, attributes={"kho_giay": "A4", "toc_do": "33 trang/phút"}),
    "MAY_IN_MAU": CategoryData((0.2, 0.6, 1.2, 0.3), (1, 2), 12, attributes={"kho_giay": "A4"}),
    "MAY_IN_DN": CategoryData((1.6, 2, 2.5, 0.6), (1, 3), 12, attributes={"kho_giay": "A4"}),
    "MAY_IN_THE": CategoryData((0.1, 1.3, 0, 0.1), (1, 3), 12),
    "MAY_IN_KIM": CategoryData((0.6, 0.4, 0.1, 0), (1, 2), 12, attributes={"kho_giay": "A4"}),
    "MAY_PHOTO": CategoryData((0.9, 1, 1.6, 0.3), (1, 2), 12, attributes={"kho_giay": "A3"}),
    "MAY_QUET": CategoryData((5, 4.5, 3, 1), (1, 5), 12, attributes={"toc_do_quet": "40 trang/phút"}),
    "MAY_QUET_A3": CategoryData((0, 0.3, 0.2, 0.1), (1, 1), 12, attributes={"toc_do_quet": "60 trang/phút"}),
    "DOC_MA": CategoryData((2, 1.4, 0, 0.2), (1, 6), 12),
    "NV_MAN_HINH": CategoryData((3, 3, 3, 4), (1, 8), 24, personal=True),
    "NV_UPS": CategoryData((4, 2.5, 1, 1), (1, 10), 24, personal=True),
    "NV_CAMERA_HN": CategoryData((0.3, 0.6, 0.5, 0.5), (1, 1), 24, network=True),
    "NV_WEBCAM": CategoryData((1, 1, 1.5, 0.6), (1, 4), 12),
    "NV_O_CUNG": CategoryData((0.8, 1, 1, 1.5), (1, 4), 24, personal=True),
    "NV_MAY_CHIEU": CategoryData((0.4, 0.6, 0.8, 0.2), (1, 2), 24),
    "NV_KIOSK": CategoryData((0.5, 0.6, 0, 0), (1, 2), 24, network=True),
    "NV_CAMERA_GS": CategoryData((1, 1, 0.5, 1), (1, 6), 24, network=True),
    "NV_DIEN_THOAI_IP": CategoryData((0.6, 1.2, 1.5, 0.8), (1, 8), 12, network=True),
    "PMC_DIEU_HOA": CategoryData((0.4, 0.8, 0, 1), (1, 2), 24, attributes={"vi_tri": "Phòng máy chủ"}),
    "PMC_HUT_AM": CategoryData((0.05, 0.3, 0, 0.3), (1, 1), 12, attributes={"vi_tri": "Phòng máy chủ"}),
    "PMC_LUU_DIEN": CategoryData((0.3, 0.6, 0, 0.8), (1, 2), 24, attributes={"vi_tri": "Phòng máy chủ"}),
    "PMC_ON_AP": CategoryData((0.3, 0.3, 0, 0.2), (1, 1), 12, attributes={"vi_tri": "Phòng máy chủ"}),
    "HT_OS_SRV": CategoryData((0.1, 0.8, 0, 5), (1, 4), 0, attributes={**_LICENCE, "so_ban_quyen": "1"}),
    "HT_OS_PC": CategoryData((1, 1, 0.5, 0.5), (1, 2), 0, attributes={"loai_bq": "OEM", "so_ban_quyen": "20"}),
    "HT_CSDL": CategoryData((0, 0.3, 0, 2), (1, 2), 0, attributes={**_LICENCE, "so_ban_quyen": "1"}),
    "HT_AO_HOA": CategoryData((0, 0.3, 0, 3), (1, 4), 0, attributes={**_LICENCE, "so_ban_quyen": "2"}),
    "UD_NGANH": CategoryData((0, 0, 0, 1), (1, 1), 0, attributes={"nguon_goc": "BHXH Việt Nam ban hành"}),
    "UD_VAN_PHONG": CategoryData((0.8, 0.8, 0.8, 0.5), (1, 2), 0, attributes={**_LICENCE, "so_ban_quyen": "20"}),
    "TI_AV": CategoryData((1.2, 1, 0.5, 0.5), (1, 1), 12, dated_attribute="han_BQ", attributes=_YEARLY),
    "TI_BACKUP": CategoryData((0, 0.1, 0, 0.8), (1, 1), 12, attributes={**_LICENCE, "so_ban_quyen": "1"}),
    "CC_GS": CategoryData((0, 0.1, 0, 0.5), (1, 1), 12, attributes={**_LICENCE, "so_ban_quyen": "1"}),
    "CC_KYSO": CategoryData((0.2, 0.2, 0.2, 0.2), (1, 1), 0, attributes={"loai_bq": "mien_phi"}),
}

# Without a make of the catalogue: category, name, price.
UNBRANDED = (
    ("MAY_CHU_AO", "Máy chủ ảo ứng dụng", 0),
    ("MAY_CHU_AO", "Máy chủ ảo cơ sở dữ liệu", 0),
    ("MANG_MODEM", "Bộ chuyển đổi quang điện 1 Gbps", 900_000),
    ("NV_KIOSK", "Kiosk tra cứu và lấy số thứ tự", 45_000_000),
    ("UD_NGANH", "Phần mềm quản lý thu và sổ, thẻ", 0),
    ("UD_NGANH", "Phần mềm kế toán tập trung", 0),
    ("UD_NGANH", "Phần mềm giám định bảo hiểm y tế", 0),
)

# When a make was on sale, where it shows; the others always.
ERAS = {
    "OptiPlex 390 i3-2120 (cũ)": (2016, 2017),
    "OptiPlex 3070 SFF i3-9100/8GB/256SSD": (2018, 2021),
    "OptiPlex 3080 MT i5-10505/8GB/256SSD": (2020, 2023),
    "Vostro 3681 i3-10100/4GB/1TB": (2020, 2022),
    "OptiPlex 7010 SFF i5-13500/8GB/512SSD": (2023, 9999),
    "ProDesk 400 G6 MT i5-9500": (2018, 2021),
    "280 Pro G5 SFF i3-10100": (2020, 2022),
    "Pro Tower 280 G9 i5-12500": (2022, 9999),
    "ThinkCentre M70s i5-10400": (2020, 2023),
    "V50s i3-10100": (2020, 2022),
    "T3000i i3-9100": (2017, 2021),
    "X-Media XM1 i3-9100": (2017, 2021),
    "Veriton S2680G i5-11400": (2021, 9999),
    "ExpertCenter D5 SFF i5-11400": (2021, 9999),
    "System x3650 M4 (cũ)": (2016, 2017),
    "ISR 1941/K9 (cũ)": (2016, 2018),
    "Windows Server 2012 R2": (2016, 2018),
    "Windows Server 2019 Standard 16 core": (2019, 9999),
    "SQL Server 2019 Standard (2 core)": (2019, 9999),
    "Database EE 19c (processor)": (2019, 9999),
    "Office 2019 Standard": (2019, 2023),
    "vSphere 7 Standard (CPU)": (2020, 2023),
}

SERIAL_PREFIXES = {
    "Dell": "",
    "Dell EMC": "",
    "HP": "5CG",
    "HPE": "SGH",
    "HPE Aruba": "CN",
    "Aruba": "CN",
    "Lenovo": "PF",
    "Cisco": "FOC",
    "Fortinet": "FGT60F",
    "Canon": "NKL",
    "Brother": "E7",
    "Epson": "X5",
    "Asus": "M8",
    "ASUS": "M8",
    "Acer": "DTV",
    "Apple": "DMP",
    "Samsung": "R9",
    "Santak": "2106",
    "APC": "3B",
}
UNKNOWN_PREFIX = "SN"

NETWORK_PREFIXES = {
    "": "00:1A:4B",
    "Dell": "18:DB:F2",
    "Dell EMC": "D0:94:66",
    "HP": "3C:52:82",
    "HPE": "94:18:82",
    "Lenovo": "54:E1:AD",
    "Cisco": "00:1E:BD",
    "Fortinet": "70:4C:A5",
}

MADE_IN = {
    "": "Trung Quốc",
    "FPT Elead": "Việt Nam",
    "CMS": "Việt Nam",
    "Dell": "Malaysia",
    "Dell EMC": "Malaysia",
    "Canon": "Việt Nam",
    "Brother": "Việt Nam",
    "Fujitsu": "Nhật Bản",
    "Santak": "Việt Nam",
    "Lioa": "Việt Nam",
    "Evolis": "Pháp",
    "Olivetti": "Italia",
    "Cisco": "Trung Quốc",
    "Polycom": "Thái Lan",
    "Daikin": "Thái Lan",
    "Panasonic": "Malaysia",
}
