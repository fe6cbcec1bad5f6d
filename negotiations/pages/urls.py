"""Where every page is."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from .views import account, completeness, condition, dashboard, dispute, meanings, negotiation, record, roadmap

urlpatterns = [
    path("", dashboard.index, name="dashboard"),
    path("n/<slug:slug>/", negotiation.overview_page, name="overview"),
    path("n/<slug:slug>/roadmap/", roadmap.roadmap_page, name="roadmap"),
    path("n/<slug:slug>/completeness/", completeness.completeness_page, name="completeness"),
    path("n/<slug:slug>/conditions/", negotiation.conditions_page, name="conditions"),
    path("n/<slug:slug>/conditions/<str:ref>/", condition.show_condition, name="condition"),
    path("n/<slug:slug>/conditions/<str:ref>/updates/", condition.update, name="update"),
    path("n/<slug:slug>/conditions/<str:ref>/updates/<uuid:entry>/undo/", condition.undo_update, name="undo"),
    path("n/<slug:slug>/conditions/<str:ref>/confirm/", condition.confirm, name="confirm"),
    path("n/<slug:slug>/disputes/<str:ref>/", dispute.show_dispute, name="dispute"),
    path("n/<slug:slug>/record/", record.show_record, name="record"),
    path("help/statuses/", meanings.statuses, name="help-statuses"),
    path("theme/", account.theme, name="theme"),
    path("accounts/login/", account.SignInView.as_view(), name="login"),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path("accounts/demonstration/", account.sign_in_as, name="demo-sign-in"),
]
