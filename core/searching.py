"""Finding rows by words that their texts hold: without accents, in any order, in the database."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from django.db import models
from django.db.models.functions import Concat

from core.text import escape_like, fold

Q = TypeVar("Q", bound=models.QuerySet[Any])


class Like(models.Func):
    """`value LIKE pattern`, where the pattern's wildcards are the caller's."""

    template = "(%(expressions)s)"
    arg_joiner = " LIKE "
    output_field = models.BooleanField()


def folded(*names: str) -> models.Func:
    """The named columns as one text, lower case without accents."""
    spaced = [part for name in names for part in (models.F(name), models.Value(" "))]
    return models.Func(
        Concat(*spaced, output_field=models.TextField()), function="qltb_fold", output_field=models.TextField()
    )


def patterns(text: str) -> Iterator[str]:
    """For each word of what somebody looks for, the pattern of a text that holds it."""
    for word in fold(text).split():
        yield f"%{escape_like(word)}%"


def containing(rows: Q, text: str, names: Sequence[str]) -> Q:
    """Rows whose named texts together hold every word of `text`."""
    for pattern in patterns(text):
        rows = rows.alias(words=folded(*names)).filter(Like(models.F("words"), models.Value(pattern)))
    return rows
