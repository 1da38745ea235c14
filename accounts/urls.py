from allauth.account import views
from django.urls import include, path
from django.views.decorators.http import require_http_methods, require_safe

from accounts.views import unused_list

_form = require_http_methods(["GET", "HEAD", "POST"])
urlpatterns = [
    path("dang-nhap/", _form(views.login), name="account_login"),
    path("dang-xuat/", _form(views.logout), name="account_logout"),
    path("doi-mat-khau/", _form(views.password_change), name="account_change_password"),
    path("tai-khoan-bi-khoa/", require_safe(views.account_inactive), name="account_inactive"),
    path("quan-tri/tai-khoan/", include(([path("khong-dung/", unused_list, name="unused")], "accounts"))),
]
