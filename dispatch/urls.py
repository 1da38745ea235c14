from django.urls import path

from dispatch.views import news, pages, way

app_name = "dispatch"
urlpatterns = [
    path("", pages.dispatch_list, name="list"),
    path("trang-thai/", news.news, name="news"),
    path("ket-noi/", way.way_health, name="health"),
    path("ket-noi/kiem-tra/", way.way_check, name="check"),
    path("ket-noi/gui-lai/", way.way_retry_all, name="retry_all"),
    path("ma-dinh-danh/", way.identifier_list, name="identifiers"),
    path("ma-dinh-danh/nhap/", way.identifier_take_list, name="identifier_list"),
    path("ma-dinh-danh/<str:code>/", way.identifier_edit, name="identifier"),
    path("<str:number>/", pages.dispatch_detail, name="detail"),
    path("<str:number>/goi/", pages.dispatch_package, name="package"),
    path("<str:number>/gui-lai/", pages.dispatch_retry, name="retry"),
]
