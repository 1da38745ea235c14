from django.urls import include, path

urlpatterns = [
    path("khao-sat/", include("reports.urls.surveys")),
]
