"""The council of a disposal: who is in it, as people type it and as it is stored. Pure."""

from collections.abc import Sequence
from typing import Any, TypedDict

from core.errors import DomainError
from core.text import clean_text

FEWEST = 3
MOST = 30
LONGEST = 100
PARTS = 3


class Member(TypedDict):
    """One line of the council."""

    name: str
    title: str
    body: str
    head: bool


def parse_council(text: str) -> list[Member]:
    """Lines "name; post; whom they stand for" → members; the first one is the head.

    Raises DomainError naming the line that isn't one.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > MOST:
        raise DomainError(f"Hội đồng có nhiều nhất {MOST} người.", field="council", code="council")
    members: list[Member] = []
    for number, line in enumerate(lines, start=1):
        parts = [clean_text(part) for part in line.replace("\t", ";").split(";")]
        parts += [""] * (PARTS - len(parts))
        if not parts[0] or len(parts) > PARTS or max(map(len, parts)) > LONGEST:
            raise DomainError(
                f"Hội đồng, dòng {number}: hãy ghi “Họ tên; chức vụ; đại diện”, mỗi phần nhiều nhất {LONGEST} ký tự.",
                field="council",
                code="council",
            )
        members.append(Member(name=parts[0], title=parts[1], body=parts[2], head=not members))
    return members


def format_council(members: Sequence[Member]) -> str:
    """Members back to lines, the head first."""
    ordered = sorted(members, key=lambda member: not member["head"])
    return "\n".join("; ".join((m["name"], m["title"], m["body"])).rstrip("; ") for m in ordered)


def check_council(members: Any) -> list[DomainError]:
    """What stands against the council's minutes: too few people, no head or several, someone without name or post."""
    if not well_formed(members):
        return [DomainError("Danh sách hội đồng không đọc được. Hãy nhập lại.", field="council", code="council")]
    problems = []
    if len(members) < FEWEST:
        message = f"Hội đồng cần ít nhất {FEWEST} người, mới có {len(members)}."
        problems.append(DomainError(message, field="council", code="council"))
    if members and sum(member["head"] for member in members) != 1:
        problems.append(DomainError("Hội đồng phải có đúng một Trưởng ban.", field="council", code="council"))
    problems += [
        DomainError(f"Hội đồng: cần ghi chức vụ của {member['name']}.", field="council", code="council")
        for member in members
        if not member["title"]
    ]
    return problems


def well_formed(members: Any) -> bool:
    """Whether stored JSON is a council at all."""
    return isinstance(members, list) and all(
        isinstance(member, dict)
        and member.keys() == Member.__annotations__.keys()
        and isinstance(member["head"], bool)
        and all(isinstance(member[key], str) for key in ("name", "title", "body"))
        and member["name"]
        for member in members
    )
