"""Addresses of the room of directives."""

from __future__ import annotations

from django.urls import path

from donghanh.directives import views

app_name = "directives"

urlpatterns = [
    path("chi-dao/", views.listing, name="listing"),
    path("chi-dao/doc-moi", views.new, name="new"),
    path("chi-dao/<int:directive_id>/doc", views.reading, name="reading"),
    path("chi-dao/<int:directive_id>/giao", views.issue, name="issue"),
    path("chi-dao/<int:directive_id>/theo-doi", views.board, name="board"),
    path("chi-dao/<int:directive_id>/theo-doi.xlsx", views.board_sheet, name="board_sheet"),
    path("chi-dao/<int:directive_id>/nhac", views.remind, name="remind"),
    path("van-ban-den/", views.inbox, name="inbox"),
    path("van-ban-den/<int:directive_id>/", views.received, name="received"),
    path("van-ban-den/<int:directive_id>/xac-nhan", views.acknowledge, name="acknowledge"),
]
