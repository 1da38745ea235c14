from django.urls import include, path

urlpatterns = [
    path("thanh-ly/", include("disposals.urls.losses")),
    path("thanh-ly/", include("disposals.urls.disposals")),
    path("quan-tri/danh-muc/thu-tuc/", include("disposals.urls.procedures")),
]
