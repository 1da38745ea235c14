from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("dem/", views.notice_count, name="count"),
    path("tuy-chon/", views.notice_options, name="options"),
    path("da-doc/", views.notices_read, name="read"),
    path("chua-doc/", views.notices_unread, name="unread"),
    path("doc-het/", views.notices_read_all, name="read_all"),
    path("<uuid:public_id>/", views.notice_open, name="open"),
]
