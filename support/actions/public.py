"""Writes on the answers that everybody reads."""

from django.db import transaction

from accounts.models import User
from core.errors import SeveralProblemsError
from core.history import require_version
from core.transitions import lock, save_with_reason
from support.models import HelpArticle, SupportRequest
from support.rules import check_impersonal


@transaction.atomic
def publish(
    article: HelpArticle | None,
    *,
    topic: str,
    question: str,
    answer: str,
    by: User,
    version: int = 0,
    source: SupportRequest | None = None,
) -> HelpArticle:
    """Make a question with its answer public, or change one.

    Raises SeveralProblemsError where the text tells of somebody: codes, numbers, addresses, and the people and units
    of the request that it came from (`source`). StaleError if somebody changed it meanwhile.
    """
    names = [] if source is None else [str(source.asked_by), source.unit.name, source.unit.code]
    if problems := check_impersonal({"question": question, "answer": answer}, names):
        raise SeveralProblemsError(problems)
    if article is None:
        article = HelpArticle()
    else:
        article = lock(article)
        require_version(article, version)
        article.version += 1
    article.topic, article.question, article.answer = topic, question, answer
    save_with_reason(article, by=by, reason="Công bố câu hỏi thường gặp")
    return article


@transaction.atomic
def show(article: HelpArticle, *, published: bool, by: User) -> HelpArticle:
    """Withdraw a public answer, or publish it again. Nothing is written when it is so already."""
    article = lock(article)
    if article.published != published:
        article.published = published
        article.version += 1
        save_with_reason(article, by=by, reason="Công bố lại" if published else "Ngừng công bố")
    return article
