"""Addresses of the room of accounts."""

from __future__ import annotations

from django.urls import path

from donghanh.accounts import views

app_name = "accounts"

urlpatterns = [
    path("dang-nhap", views.SignIn.as_view(), name="sign_in"),
    path("dang-xuat", views.SignOut.as_view(), name="sign_out"),
]
