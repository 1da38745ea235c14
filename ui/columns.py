"""Which columns a list shows, and in which order: as asked now, as last chosen, as the view or the table says."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from core.http import Request
from ui.tables import Column, Table

SESSION_KEY = "columns"
UP, DOWN = "up", "down"
CONTROLS = ("cols", UP, DOWN)


@dataclass(frozen=True)
class Choice:
    """A column in the chooser."""

    name: str
    label: str
    checked: bool


def asked(data: QueryDict) -> list[str]:
    """`cols=a,b` from a link or `cols=a&cols=b` from the chooser, after `up=b` or `down=a` of its buttons."""
    names = list(dict.fromkeys(name for value in data.getlist("cols") for name in value.split(",") if name))
    for control, step in ((UP, -1), (DOWN, 1)):
        name = data.get(control, "")
        if name in names:
            at = names.index(name)
            to = min(max(at + step, 0), len(names) - 1)
            names.insert(to, names.pop(at))
    return names


def remembered(request: Request, key: str) -> list[str]:
    """What the person chose under `key` in this session."""
    return request.session.get(SESSION_KEY, {}).get(key, [])


def forget(request: Request, key: str) -> None:
    """Show what was saved again."""
    _remember(request, key, [])


def chosen(request: Request, table: type[Table], *, key: str, usual: Sequence[str] = ()) -> tuple[Column, ...]:
    """The columns to show; a choice made now is remembered under `key`. `usual` is what holds without any choice."""
    if "cols" in request.GET:
        known = {column.name for column in table.columns}
        names = [name for name in asked(request.GET) if name in known]
        _remember(request, key, [] if names == list(usual) else names)
    return table.pick(remembered(request, key) or usual)


def _remember(request: Request, key: str, names: list[str]) -> None:
    choices = request.session.get(SESSION_KEY, {})
    if names != choices.get(key, []):
        rest = {other: value for other, value in choices.items() if other != key}
        request.session[SESSION_KEY] = rest | ({key: names} if names else {})


def offered(table: type[Table], shown: Sequence[Column]) -> list[Choice]:
    """Every column: those shown in their order, then the others in the table's."""
    others = [column for column in table.columns if column not in shown]
    return [Choice(c.name, c.label, checked=True) for c in shown] + [
        Choice(c.name, c.label, checked=False) for c in others
    ]
