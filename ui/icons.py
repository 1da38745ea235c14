"""Icons come from one sheet, so that a page with fifty of them still makes one request."""

from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

SHEET = "vendor/tabler-icons/icons.svg"


@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """The named sign, hidden from screen readers: a word must stand beside it."""
    if not name:
        return SafeString("")
    return format_html(
        '<svg class="icon" width="20" height="20" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static(SHEET),
        name,
    )
