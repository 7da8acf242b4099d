"""Addresses of the room of promotion."""

from __future__ import annotations

from django.urls import path

from donghanh.promotion import views

app_name = "promotion"

urlpatterns = [
    path("con-duong/len-lop/", views.page, name="page"),
    path("con-duong/len-lop/xem", views.preview, name="preview"),
    path("con-duong/len-lop/ghi", views.move, name="move"),
    path("con-duong/len-lop/<int:promotion_id>/huy", views.undo, name="undo"),
]
