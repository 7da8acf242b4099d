"""Addresses of the room of practices."""

from __future__ import annotations

from django.urls import path

from donghanh.practices.views import deciding, pages, telling

app_name = "practices"

_ONE = "mo-hinh/<int:practice_id>/"
_SHIPPED = "mo-hinh/thu-vien/<slug:key>/"

urlpatterns = [
    path("mo-hinh/", pages.everything, name="list"),
    path("mo-hinh/de-xuat", telling.propose, name="propose"),
    path(_SHIPPED, pages.of_library, name="library"),
    path(f"{_SHIPPED}nhan-ve", telling.take_over, name="take_shipped"),
    path(_ONE, pages.practice, name="practice"),
    path(f"{_ONE}so-sanh.xlsx", pages.comparison, name="comparison"),
    path(f"{_ONE}sua", telling.mend, name="mend"),
    path(f"{_ONE}nhan-ve", telling.take_over, name="take_over"),
    path(f"{_ONE}xem-xet", deciding.look, name="look"),
    path(f"{_ONE}cong-nhan", deciding.recognise, name="recognise"),
    path(f"{_ONE}ket-qua", deciding.state, name="result"),
    path(f"{_ONE}thoi", deciding.withdraw, name="withdraw"),
    path(f"{_ONE}thu-thach", deciding.keep_challenges, name="keep_challenges"),
]
