"""What the parts of one page ask alike is read once: reference data, which every part of a page needs again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_kept: ContextVar[dict[Any, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Within it every function marked `once_a_page` is asked once for the same arguments."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def once_a_page(asked: Callable[P, R]) -> Callable[P, R]:
    """Marks a function that reads data which is the same for everybody, and whose answer nobody changes.

    What it answers is kept while a page is made, never longer: an edited row counts on the next page, in every process.
    Where no page is being made (a step that writes, a job, a command), nothing is kept.
    """

    @wraps(asked)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> R:
        kept = _kept.get()
        if kept is None:
            return asked(*args, **kwargs)
        key = (asked, args, tuple(sorted(kwargs.items())))
        if key not in kept:
            kept[key] = asked(*args, **kwargs)
        return kept[key]

    return remembered
