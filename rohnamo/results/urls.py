"""Addresses of results, below /work/projects/."""

from django.urls import URLPattern, path

from rohnamo.results.views import approved, board, frameworks, indicators, periods
from rohnamo.results.views import donorreports as reports

app_name = "results"

urlpatterns: list[URLPattern] = [
    path("approvals/", board.decide, name="board"),
    path("overdue/", board.late, name="overdue"),
    path("<str:code>/framework/", frameworks.tree, name="framework"),
    path("<str:code>/framework/results/new/", frameworks.result, name="new_result"),
    path("<str:code>/framework/results/<int:pk>/", frameworks.result, name="result"),
    path("<str:code>/framework/results/<int:pk>/remove/", frameworks.remove_result, name="remove_result"),
    path(
        "<str:code>/framework/results/<int:result>/new-indicator/",
        indicators.words_of_it,
        name="new_indicator",
    ),
    path("<str:code>/framework/<int:pk>/", indicators.indicator, name="indicator"),
    path("<str:code>/framework/<int:pk>/words/", indicators.words_of_it, name="edit_indicator"),
    path("<str:code>/framework/<int:pk>/measure/", indicators.measure, name="measure"),
    path("<str:code>/framework/<int:pk>/remove/", indicators.remove, name="remove_indicator"),
    path("<str:code>/framework/periods/new/", frameworks.new_period, name="new_period"),
    path("<str:code>/framework/periods/<int:pk>/", periods.period, name="period"),
    path("<str:code>/framework/periods/<int:pk>/promise/", periods.promise, name="promise"),
    path("<str:code>/framework/periods/<int:pk>/report/", periods.report, name="report_period"),
    path("<str:code>/framework/periods/<int:pk>/step/", periods.step, name="step"),
    path("<str:code>/framework/periods/<int:pk>/remove/", periods.remove, name="remove_period"),
    path("<str:code>/framework/periods/<int:pk>/approved/", approved.approved, name="approved"),
    path("<str:code>/reports/", reports.reports, name="reports"),
    path("<str:code>/reports/forms/", reports.templates, name="templates"),
    path("<str:code>/reports/<int:pk>/", reports.report, name="report"),
    path("<str:code>/reports/<int:pk>/freeze/", reports.freeze, name="freeze_report"),
    path("<str:code>/reports/<int:pk>/discard/", reports.discard, name="discard_report"),
    path("<str:code>/reports/<int:pk>/form/<int:template>/", reports.report_in_form, name="report_in_form"),
    path(
        "<str:code>/reports/<int:pk>/file/<str:kind>/<str:language>/", reports.report_file, name="report_file"
    ),
]
