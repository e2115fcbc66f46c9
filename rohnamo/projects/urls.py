"""Addresses of money, support and advice, below /work/projects/."""

from django.urls import URLPattern, path

from rohnamo.projects import views

app_name = "projects"

urlpatterns: list[URLPattern] = [
    path("money/", views.portfolio, name="portfolio"),
    path("<str:code>/money/", views.money, name="money"),
    path("<str:code>/money/record/", views.record_move, name="record_move"),
    path("<str:code>/money/rate/", views.record_rate, name="record_rate"),
    path("<str:code>/money/<int:pk>/reverse/", views.reverse_move, name="reverse_move"),
    path("<str:code>/money/deadline/", views.mark_deadline, name="mark_deadline"),
    path("<str:code>/support/", views.support, name="support"),
    path("<str:code>/support/assess/", views.assess, name="assess"),
    path("<str:code>/support/<int:pk>/decide/", views.decide, name="decide"),
    path("<str:code>/support/approve/", views.approve_support, name="approve_support"),
    path("<str:code>/support/alert/", views.raise_alert, name="raise_alert"),
    path("<str:code>/support/alert/<int:pk>/lift/", views.lift, name="lift"),
    path("<str:code>/advice/", views.advice_list, name="advice_list"),
    path("<str:code>/advice/new/", views.ask_advice, name="ask_advice"),
    path("<str:code>/advice/<int:pk>/", views.advice, name="advice"),
    path("<str:code>/advice/<int:pk>/strike/", views.strike, name="strike"),
]
