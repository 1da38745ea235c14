from django.urls import path

from reports.views import books, sets

app_name = "reports"
urlpatterns = [
    path("", sets.report_list, name="list"),
    path("so-bien-dong/", books.entry_list, name="entries"),
    path("ton-so/", books.held_list, name="held"),
    path("ket-qua/<uuid:public_id>/", sets.report_result, name="result"),
    path("<slug:key>/", sets.report_page, name="report"),
    path("<slug:key>/lap/", sets.report_start, name="start"),
]
