"""What a rule says when it refuses."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.changes import Change


class DomainError(Exception):
    """A rule refused the request.

    The message is Vietnamese, says what to do, names nothing outside the reader's own scope
    and is safe to show. `field` names the form field at fault, if one is; `code` is for tests and logs.
    """

    def __init__(self, message: str, *, field: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code


class SeveralProblemsError(DomainError):
    """Several refusals at once, so that a person mends them all in one go."""

    def __init__(self, problems: "Sequence[DomainError]") -> None:
        super().__init__(" ".join(p.message for p in problems), code="problems")
        self.problems = tuple(problems)


class StaleError(DomainError):
    """The form was filled from an older version; `changes` tells what happened since."""

    def __init__(self, changes: "Sequence[Change]", *, version: int) -> None:
        super().__init__(
            "Dữ liệu đã được người khác sửa sau khi bạn mở trang này. "
            "Nội dung bạn nhập vẫn còn nguyên; hãy xem các thay đổi rồi lưu lại.",
            code="stale",
        )
        self.changes = tuple(changes)
        self.version = version
