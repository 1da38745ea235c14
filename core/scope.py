"""The two walls' common part: whose data the running code may see and write.

Wall 1 is `ScopedQuerySet`: inside a request a query on a unit's data that did not start at
`visible_to(user)` (or hang on an object that did) is refused. Wall 2 is PostgreSQL's row-level
security, which reads the settings that `entered` makes for one transaction. `elevated` is the only way out.
"""

import logging
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol, Self, TypeVar

from django.db import connection, models, transaction

logger = logging.getLogger("qltb.scope")

T = TypeVar("T")
APP_ROLE = "qltb_app"
ALL = "all"


@dataclass(frozen=True)
class Scope:
    """What one account may do: tree paths it reads (with everything below), units it writes for.

    `grants` maps a permission's codename to the tree paths on which it was given. `account` and `home` are the keys of
    the account itself and of its unit: they open what belongs to a person rather than to a unit.
    """

    read_paths: tuple[str, ...] = ()
    write_units: frozenset[int] = frozenset()
    nationwide: bool = False
    account: int = 0
    home: int = 0
    grants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def may(self, codename: str, path: str | None = None) -> bool:
        """Whether the permission was given anywhere, or (with `path`) on that unit or above it."""
        paths = self.grants.get(codename, ())
        return bool(paths) if path is None else any(path.startswith(p) for p in paths)

    def reads(self, path: str) -> bool:
        """Whether data of the unit at `path` may be seen."""
        return self.nationwide or any(path.startswith(p) for p in self.read_paths)

    def readable(self, lookup: str) -> models.Q:
        """The filter that wall 1 puts on rows; `lookup` leads to their unit ("" if they are units)."""
        if self.nationwide:
            return models.Q()
        key = f"{lookup}__path__startswith" if lookup else "path__startswith"
        q = models.Q(pk__in=[])
        for path in self.read_paths:
            q |= models.Q((key, path))
        return q


NOBODY = Scope()


class _Elevated(Enum):
    YES = "elevated"


_current: ContextVar[Scope | _Elevated | None] = ContextVar("qltb_scope", default=None)


def current() -> Scope | None:
    """The scope that the running code has, or None outside any (commands, elevated code)."""
    scope = _current.get()
    return scope if isinstance(scope, Scope) else None


SETTINGS = ("role", "qltb.read", "qltb.write", "qltb.account", "qltb.home")
_SET = f"SELECT {', '.join(f'set_config({name!r}, %s, true)' for name in SETTINGS)}"
_GET = f"SELECT {', '.join(f'current_setting({name!r}, true)' for name in SETTINGS)}"
_BEYOND = ("none", "", "", "", "")


def _values(scope: Scope) -> tuple[str, ...]:
    """What the settings say for `scope`, in their order."""
    read = ALL if scope.nationwide else ",".join(scope.read_paths)
    write = ",".join(str(pk) for pk in sorted(scope.write_units))
    return APP_ROLE, read, write, str(scope.account or ""), str(scope.home or "")


@contextmanager
def _settings(values: Sequence[str], mark: Scope | _Elevated) -> Iterator[None]:
    """One transaction with the role and the scope set; the former ones are back afterwards.

    PostgreSQL forgets transaction-local settings at the end of the transaction and undoes them when a
    savepoint rolls back, but keeps them when a savepoint is released: only then we put them back.
    """
    nested = connection.in_atomic_block
    with transaction.atomic():
        before = None
        with connection.cursor() as cursor:
            if nested:
                cursor.execute(_GET)
                before = cursor.fetchone()
            cursor.execute(_SET, values)
        token = _current.set(mark)
        try:
            yield
        finally:
            _current.reset(token)
        if before is not None and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute(_SET, [value or "" for value in before])


@contextmanager
def entered(scope: Scope) -> Iterator[None]:
    """Run the block behind both walls with `scope`, in one transaction."""
    with _settings(_values(scope), scope):
        yield


def pieces_within(scope: Scope, content: Iterable[T]) -> Iterator[T]:
    """What `content` yields, made within `scope` however long after and between whatever else the thread does.

    An answer that streams is read by the server after its request: between two pieces neither its scope may stand
    for other code, nor that of other code for its next piece.
    """
    context = copy_context()
    pieces = _pieces(scope, content)
    try:
        while True:
            try:
                piece = context.run(next, pieces)
            except StopIteration:
                return
            yield piece
    finally:
        context.run(pieces.close)


def _pieces(scope: Scope, content: Iterable[T]) -> Generator[T, None, None]:
    with entered(scope):
        for piece in content:
            yield piece
            with connection.cursor() as cursor:
                cursor.execute(_SET, _values(scope))


@contextmanager
def elevated(why: str) -> Iterator[None]:
    """Run the block as the system itself, outside both walls. `why` is logged; a test lists the uses."""
    logger.info("elevated", extra={"why": why})
    with _settings(_BEYOND, _Elevated.YES):
        yield


def wall_reads(units: Sequence[int]) -> bool:
    """Whether the database's own scope reads all these units, by their keys: asked of wall 2, whatever wall 1 says.

    For code that is about to leave the walls on behalf of whoever asks. True outside any scope.
    """
    if current() is None:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT qltb_reads_all() OR %s::bigint[] <@ ARRAY(SELECT qltb_read_units())", [list(units)])
        return bool(cursor.fetchone()[0])


class HasScope(Protocol):
    """Whatever has a scope: a user account."""

    @property
    def scope(self) -> Scope: ...


class UnscopedQueryError(RuntimeError):
    """Code behind the wall asked for a unit's data without saying for whom. A mistake of ours, never a user's."""


class ScopedQuerySet(models.QuerySet):
    """Rows that belong to a unit. Inside a request it runs only once `visible_to` has narrowed it."""

    unit_lookup = "unit"
    _scoped = False

    def visible_to(self, user: HasScope) -> Self:
        """Rows of the units whose data `user` may see (art. 6): its own and those below."""
        return self.filter(user.scope.readable(self.unit_lookup)).scoped()

    def writable_by(self, user: HasScope) -> Self:
        """Rows of the units for which `user` records."""
        return self.filter(**{f"{self.unit_lookup}__in": user.scope.write_units}).scoped()

    def of_unit(self, unit: models.Model) -> Self:
        """Rows of one unit, which the caller got through a door of its own."""
        return self.filter(**{self.unit_lookup: unit}).scoped()

    def scoped(self) -> Self:
        """Say that this query is narrowed already. For doors and rules over objects got through doors."""
        clone = self.all()
        clone._scoped = True
        return clone

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]  # private, but the documented way to carry an attribute
        clone._scoped = self._scoped
        return clone

    def _require_scope(self) -> None:
        # A related manager (`intake.lines`) hints at the object it hangs on, which came through a door.
        if current() is None or self._scoped or "instance" in self._hints:  # type: ignore[attr-defined]  # private in the stubs
            return
        message = f"{self.model.__name__} queried without visible_to(user)"
        raise UnscopedQueryError(message)

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._require_scope()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Any:
        self._require_scope()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._require_scope()
        return super().count()

    def exists(self) -> bool:
        self._require_scope()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._require_scope()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._require_scope()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._require_scope()
        return super().delete()


class SharedQuerySet(ScopedQuerySet):
    """Rows that belong to a unit, some of them shared with another one (`wall = Wall(partner=...)`)."""

    def visible_to(self, user: HasScope) -> Self:
        """Rows of the units whose data `user` may see, and those shared with such a unit."""
        partner = self.model.wall.partner  # type: ignore[attr-defined]  # every model declares one
        return self.filter(user.scope.readable(self.unit_lookup) | user.scope.readable(partner)).scoped()


class OwnedQuerySet(ScopedQuerySet):
    """Rows that belong to one account of a unit (`wall = Own(...)`), some of them shared with that unit."""

    def visible_to(self, user: HasScope) -> Self:
        """The rows of `user`, and what others of the same unit share."""
        wall = self.model.wall  # type: ignore[attr-defined]  # every model declares one
        of_unit = self.filter(**{wall.unit: user.scope.home})
        mine = models.Q(**{wall.owner: user.scope.account})
        return of_unit.filter(mine | models.Q(**{wall.shared: True}) if wall.shared else mine).scoped()

    def owned_by(self, user: HasScope) -> Self:
        """The rows of `user` alone."""
        wall = self.model.wall  # type: ignore[attr-defined]  # every model declares one
        return self.filter(**{wall.unit: user.scope.home, wall.owner: user.scope.account}).scoped()
