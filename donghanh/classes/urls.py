"""Addresses of the room of classes."""

from __future__ import annotations

from django.urls import path

from donghanh.classes import views

app_name = "classes"

urlpatterns = [
    path("con-duong/lop/", views.listing, name="listing"),
    path("con-duong/lop/moi", views.begin, name="begin"),
    path("con-duong/lop/<int:course_id>/", views.course, name="course"),
    path("con-duong/lop/<int:course_id>/danh-sach.xlsx", views.export, name="export"),
    path("con-duong/lop/<int:course_id>/xep", views.seat, name="seat"),
    path("con-duong/lop/<int:course_id>/bo/<int:seat_id>", views.unseat, name="unseat"),
    path("con-duong/lop/<int:course_id>/ket-qua", views.results, name="results"),
]
