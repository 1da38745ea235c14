"""What a cell says. A value is read exactly or refused with what to do; nothing is guessed."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from core.encodings import Encoding, convert
from core.sheets import Cell, CellError
from core.sheets.formulas import plain_text, safe_text
from core.text import clean_text, fold
from equipment.importing.faults import FaultKind, RefusedError
from ui.fields import DateField, MoneyField

EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_DAYS = range(10_000, 80_000)  # 1927 to 2119: what is smaller or larger was not meant as a day
EXACT = 10**15  # spreadsheets keep fifteen figures; the others become zeros
NOTHING = frozenset({"-", "–", "—", "--"})
SHOWN = 100
SOFT_HYPHEN = "\u00ad"

_EXPONENT = re.compile(r"\d([.,]\d+)?E\+\d+", re.ASCII | re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(\d{1,2}[/\-. ]\d{1,2}[/\-. ])(\d{2})", re.ASCII)
_MONTH_ONLY = re.compile(r"(?:thang )?(\d{1,2})[/\-. ](\d{4})", re.ASCII)
_YEAR_ONLY = re.compile(r"(?:nam )?(\d{4})", re.ASCII)
_WORDS = re.compile(r"ngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})", re.ASCII)
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$", re.ASCII)
_MONTH_FIRST = re.compile(r"(\d{1,2})[/\-. ](\d{1,2})[/\-. ]\d{4}", re.ASCII)
_WHOLE = re.compile(r"(\d{1,3}(?:\.\d{3})+),0{1,2}|(\d{1,3}(?:,\d{3})+)\.0{1,2}|(\d+)[.,]00", re.ASCII)
_MULTIPLE = re.compile(r"\d\s*(trieu|tr|ty|nghin|ngan|k)\b")
CENTURY = 80  # 79 is 2079, 80 is 1980

_day, _money = DateField(), MoneyField()


def decoded(text: str, encoding: str, *, capitals: bool = False) -> str:
    """`text` of a column in Unicode."""
    if text.isascii():  # most cells
        return text.upper() if capitals else text
    return convert(text, Encoding(encoding or Encoding.UNICODE), capitals=capitals)


def unguarded(text: str) -> str:
    """`text` without the apostrophes that our exports and people's habits put before it to make it text."""
    plain = plain_text(text)
    if plain != text and safe_text(plain) == text:
        return plain
    return text[1:] if text.startswith("'") and text[1:2].isalnum() else text


def is_blank(cell: Cell) -> bool:
    """Whether the cell says nothing."""
    return cell is None or (isinstance(cell, str) and (not cell.strip() or cell.strip() in NOTHING))


def shown(cell: Cell) -> str:
    """A cell as a page can show it, whatever it holds."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT:
        return str(int(cell))
    # The soft hyphen is a letter ("ư") of TCVN3: what is shown may yet be decoded.
    text = "".join(sign if sign.isprintable() or sign == SOFT_HYPHEN else " " for sign in str(cell)).strip()
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def refuse_error(cell: Cell) -> None:
    """Raises RefusedError for the result of a formula that failed."""
    if isinstance(cell, CellError):
        raise RefusedError(
            FaultKind.FORMULA, f"Công thức trong ô bị lỗi ({shown(cell)}). Hãy sửa công thức hoặc gõ thẳng giá trị."
        )


def text_of(cell: Cell, *, limit: int, multiline: bool = False) -> str:
    """Clean text of a decoded cell; numbers as they are written, where the spreadsheet hasn't spoilt them."""
    refuse_error(cell)
    if is_blank(cell):
        return ""
    raw = _number_text(cell) if not isinstance(cell, str) else unguarded(cell)
    if _EXPONENT.fullmatch(raw.strip()):
        raise _exponent(raw)
    try:
        text = clean_text(raw, multiline=multiline)
    except ValidationError as refusal:
        raise RefusedError(FaultKind.FONT, str(refusal.messages[0])) from refusal
    if len(text) > limit:
        raise RefusedError(FaultKind.LENGTH, f"Dài {len(text)} ký tự, nhiều nhất {limit}. Hãy viết ngắn lại.")
    return text


def _number_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "Có" if cell else "Không"
    if isinstance(cell, date):  # a datetime is one too
        raise RefusedError(
            FaultKind.SPOILT,
            f"Bảng tính đã đổi ô này thành ngày {cell:%d/%m/%Y}. Hãy định dạng ô là Văn bản (Text) rồi gõ lại.",
        )
    if isinstance(cell, float):
        if abs(cell) >= EXACT or cell != cell:  # noqa: PLR0124 - only NaN differs from itself
            raise _exponent(shown(cell))
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if abs(cell) >= EXACT:
        raise _exponent(str(cell))
    return str(cell)


def _exponent(text: str) -> RefusedError:
    return RefusedError(
        FaultKind.SPOILT,
        f"Số máy, mã số bị Excel đổi thành số mũ hoặc làm tròn ({text}). "
        "Hãy định dạng cột là Văn bản (Text) rồi gõ lại đủ chữ số.",
    )


def day_of(cell: Cell) -> date | None:
    """A day: a date of the spreadsheet, its number, or text with the day first."""
    refuse_error(cell)
    if is_blank(cell):
        return None
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _read_day(f"{cell:%d/%m/}{cell.year:04d}")
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _numbered_day(cell)
    text = " ".join(unguarded(str(cell)).split())
    if words := _WORDS.fullmatch(fold(text).rstrip(".")):
        return _read_day("/".join(words.groups()))
    text = _TIME.sub("", text)
    if short := _SHORT_YEAR.fullmatch(text):
        start, year = short.groups()
        return _read_day(f"{start}{'19' if int(year) >= CENTURY else '20'}{year}")
    return _read_day(text)


def _numbered_day(number: float) -> date:
    if EXCEL_DAYS.start <= number < EXCEL_DAYS.stop:
        return EXCEL_DAY_ZERO + timedelta(days=int(number))
    if float(number).is_integer():
        digits = str(int(number))
        return _read_day(digits.zfill(8) if len(digits) == 7 else digits)  # noqa: PLR2004 - 5112026 lost its zero
    raise RefusedError(FaultKind.DATE, f"“{number}” không phải ngày. Hãy ghi dạng ngày/tháng/năm, ví dụ 25/11/2020.")


def _read_day(text: str) -> date:
    try:
        day = _day.to_python(text)
    except ValidationError as refusal:
        raise RefusedError(FaultKind.DATE, _day_hint(text) or refusal.messages[0]) from refusal
    assert day is not None  # noqa: S101 - blank cells don't come here; for the type checker
    return day


def _day_hint(text: str) -> str:
    folded = fold(text)
    if month := _MONTH_ONLY.fullmatch(folded):
        return f"Thiếu ngày. Hãy ghi đủ ngày/tháng/năm, ví dụ 01/{int(month[1]):02d}/{month[2]} nếu là đầu tháng."
    if year := _YEAR_ONLY.fullmatch(folded):
        return f"Mới có năm. Hãy ghi đủ ngày/tháng/năm, ví dụ 01/01/{year[1]} nếu chỉ biết năm."
    if (parts := _MONTH_FIRST.fullmatch(folded)) and int(parts[2]) > 12 >= int(parts[1]) > 0:  # noqa: PLR2004 - months
        return f"Không có tháng {int(parts[2])}. Có lẽ tháng đứng trước ngày; hãy ghi ngày/tháng/năm."
    return ""


def money_of(cell: Cell) -> Decimal | None:
    """Whole đồng. `1.500` is fifteen hundred; parts of a đồng and multiples in words are refused."""
    refuse_error(cell)
    if is_blank(cell):
        return None
    if isinstance(cell, bool | date):
        raise RefusedError(FaultKind.MONEY, "Không phải số tiền. Hãy ghi số đồng, ví dụ 14.890.000.")
    if isinstance(cell, float):
        if not cell.is_integer():
            raise RefusedError(
                FaultKind.MONEY,
                f"Ô này là số {cell:g}, có phần lẻ: có lẽ dấu chấm bị hiểu là dấu thập phân. Hãy ghi đủ số đồng.",
            )
        cell = int(cell)
    text = unguarded(cell) if isinstance(cell, str) else str(cell)
    if _MULTIPLE.search(fold(text)):
        raise RefusedError(FaultKind.MONEY, f"Hãy ghi đủ số đồng thay cho “{shown(cell)}”, ví dụ 15.000.000.")
    if whole := _WHOLE.fullmatch(text.strip()):
        text = next(filter(None, whole.groups()))
    try:
        return _money.to_python(text)
    except ValidationError as refusal:
        raise RefusedError(FaultKind.MONEY, refusal.messages[0]) from refusal


def integer_of(cell: Cell, allowed: range, example: str) -> int | None:
    """A whole number within bounds."""
    refuse_error(cell)
    if is_blank(cell):
        return None
    text = _number_text(cell) if not isinstance(cell, str) else unguarded(cell.strip())
    text = text.removesuffix(".0")
    if not (text.isascii() and text.isdigit() and int(text[:12]) in allowed):
        bounds = f"từ {allowed.start} đến {allowed.stop - 1}"
        raise RefusedError(FaultKind.NUMBER, f"Cần một số nguyên {bounds}, ví dụ {example}.")
    return int(text)


_YES = frozenset({"co", "x", "v", "yes", "true", "1", "✓", "☑"})
_NO = frozenset({"khong", "no", "false", "0"})


def bool_of(cell: Cell) -> bool | None:
    """Yes or no as people tick it; None for any other word."""
    if isinstance(cell, bool):
        return cell
    word = fold(shown(cell)).strip()
    return True if word in _YES else False if word in _NO else None
