"""Addresses of the room of people."""

from __future__ import annotations

from django.urls import path

from donghanh.people import views

app_name = "people"

urlpatterns = [
    path("con-duong/moi", views.invite, name="invite"),
    path("con-duong/moi/<int:invitation_id>/ma-moi", views.renew, name="renew"),
    path("tham-gia", views.enter, name="enter"),
    path("tham-gia/qua-thu", views.ask_way_in, name="ask_way_in"),
    path("tham-gia/qua-thu/ma", views.come_in, name="come_in"),
    path("tham-gia/<slug:code>/", views.join, name="join"),
    path("tham-gia/<slug:code>/khong", views.decline, name="decline"),
    path("cua-em/<slug:code>/dung-lai", views.stop, name="stop"),
    path("cua-em/<slug:code>/cau-moi", views.agree_again, name="agree_again"),
    path("cua-em/<slug:code>/thu", views.mail, name="mail"),
    path("cua-em/<slug:code>/thu/ma", views.prove_mail, name="prove_mail"),
    path("cua-em/<slug:code>/thu/thoi", views.forget_mail, name="forget_mail"),
]
