"""Addresses of the room of news."""

from __future__ import annotations

from django.urls import path

from donghanh.news.views import own, pictures, public, staff

app_name = "news"

_HERE = "tin-bai/"
_ONE = f"{_HERE}<int:article_id>/"
_PICTURE = f"{_ONE}anh/<int:number>/"
_OWN = "cua-em/<slug:code>/dang-tin/"
urlpatterns = [
    path("tin/", public.front, name="front"),
    path("tin/muc/<slug:key>/", public.section, name="section"),
    path("tin/tim/", public.search, name="search"),
    path("tin/feed.atom", public.atom, name="feed"),
    path("tin/<slug:slug>/", public.article, name="public"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
    path("robots.txt", public.robots, name="robots"),
    path(_HERE, staff.listing, name="listing"),
    path(f"{_HERE}moi", staff.begin, name="begin"),
    path(f"{_HERE}lam-sach", staff.clean, name="clean"),
    path(_ONE, staff.article, name="article"),
    path(f"{_ONE}viet", staff.write, name="write"),
    path(f"{_ONE}giu", staff.keep, name="keep"),
    path(f"{_ONE}nop", staff.hand_in, name="hand_in"),
    path(f"{_ONE}duyet", staff.approve, name="approve"),
    path(f"{_ONE}tra-lai", staff.send_back, name="send_back"),
    path(f"{_ONE}dang", staff.publish, name="publish"),
    path(f"{_ONE}dinh-chinh", staff.correct, name="correct"),
    path(f"{_ONE}dinh-chinh/dang", staff.publish_correction, name="publish_correction"),
    path(f"{_ONE}anh/them", pictures.add, name="picture_add"),
    path(f"{_PICTURE}loi", pictures.words, name="picture_words"),
    path(f"{_PICTURE}nhan-ra", pictures.seen, name="picture_seen"),
    path(f"{_PICTURE}hoi", pictures.ask, name="picture_ask"),
    path(f"{_ONE}go", staff.take_down, name="take_down"),
    path(f"{_ONE}hoi", staff.ask, name="ask"),
    path(f"{_ONE}nguoi-khac", staff.clear, name="clear"),
    path(f"{_ONE}cha-me", staff.parents, name="parents"),
    path(_OWN, own.page, name="own"),
    path(f"{_OWN}<int:agreement_id>/<slug:what>", own.answer, name="own_answer"),
]
