"""Addresses of the room of indicators."""

from __future__ import annotations

from django.urls import path

from donghanh.indicators import views

app_name = "indicators"

urlpatterns = [
    path("so-lieu/", views.present, name="present"),
    path("so-lieu/doan/", views.unions, name="unions"),
    path("so-lieu/<slug:school_year>/", views.board, name="board"),
    path("so-lieu/<slug:school_year>/don-vi/<int:unit>/", views.board, name="unit"),
    path("so-lieu/<slug:school_year>/theo-lop/", views.by_class, name="by_class"),
    path("so-lieu/<slug:school_year>/tu-nhap/", views.enter, name="enter"),
    path("so-lieu/<slug:school_year>/ho-so/<slug:code>/", views.cases, name="cases"),
]
