"""Addresses of the shell: the living page of the design."""

from __future__ import annotations

from django.urls import path

from donghanh.web import views

app_name = "web"

urlpatterns = [
    path("design", views.design, name="design"),
    path("design/<slug:page>", views.design_page, name="design_page"),
]
