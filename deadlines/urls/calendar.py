"""The working calendar, and the calendar of one's own deadlines."""

from datetime import date

from django.urls import path, register_converter

from deadlines.views import calendar, feed


class IsoDate:
    """A day in an address: 2026-01-02."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)


register_converter(IsoDate, "day")

app_name = "calendar"
urlpatterns = [
    path("quan-tri/lich/", calendar.year, name="year"),
    path("quan-tri/lich/nhat-ky/", calendar.log, name="log"),
    path("quan-tri/lich/them/", calendar.add, name="add"),
    path("quan-tri/lich/<day:day>/", calendar.day_detail, name="day"),
    path("quan-tri/lich/<day:day>/sua/", calendar.edit, name="edit"),
    path("quan-tri/lich/<day:day>/go/", calendar.take_back, name="take_back"),
    path("han-xu-ly/lich-cua-toi/", feed.feed_page, name="mine"),
    path("han-xu-ly/lich-cua-toi/dia-chi-moi/", feed.feed_issue, name="feed_issue"),
    path("han-xu-ly/lich-cua-toi/thu-hoi/", feed.feed_revoke, name="feed_revoke"),
    path("lich-han/<str:secret>.ics", feed.feed, name="feed"),
]
