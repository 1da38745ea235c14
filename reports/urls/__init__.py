from django.urls import include, path

urlpatterns = [
    path("khao-sat/", include("reports.urls.surveys")),
    path("", include("reports.urls.sets")),
]
