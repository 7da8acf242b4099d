"""Reads of the room of news: for who writes and reviews, for who is asked, for everybody."""

from __future__ import annotations

from donghanh.news.queries.checks import Check as Check
from donghanh.news.queries.checks import NameLine as NameLine
from donghanh.news.queries.checks import check_of as check_of
from donghanh.news.queries.checks import sees_pupils as sees_pupils
from donghanh.news.queries.own import OwnAsked as OwnAsked
from donghanh.news.queries.own import OwnPage as OwnPage
from donghanh.news.queries.own import own_page as own_page
from donghanh.news.queries.placed import Part as Part
from donghanh.news.queries.placed import PictureLine as PictureLine
from donghanh.news.queries.placed import used_by as used_by
from donghanh.news.queries.public import Card as Card
from donghanh.news.queries.public import FrontPage as FrontPage
from donghanh.news.queries.public import PublicArticle as PublicArticle
from donghanh.news.queries.public import feed as feed
from donghanh.news.queries.public import front as front
from donghanh.news.queries.public import public_article as public_article
from donghanh.news.queries.public import search as search
from donghanh.news.queries.public import sections as sections
from donghanh.news.queries.public import sitemap as sitemap
from donghanh.news.queries.staff import BEFORE_PUBLIC as BEFORE_PUBLIC
from donghanh.news.queries.staff import ArticlePage as ArticlePage
from donghanh.news.queries.staff import Line as Line
from donghanh.news.queries.staff import Typed as Typed
from donghanh.news.queries.staff import WritePage as WritePage
from donghanh.news.queries.staff import article_page as article_page
from donghanh.news.queries.staff import clean as clean
from donghanh.news.queries.staff import due as due
from donghanh.news.queries.staff import edit_page as edit_page
from donghanh.news.queries.staff import listing as listing
from donghanh.news.queries.staff import may_review as may_review
from donghanh.news.queries.staff import parents_rule as parents_rule
from donghanh.news.queries.staff import plain_of as plain_of
from donghanh.news.queries.staff import require as require
from donghanh.news.queries.staff import require_reviewer as require_reviewer
from donghanh.news.queries.staff import require_writer as require_writer
from donghanh.news.queries.staff import visible_to as visible_to
from donghanh.news.queries.staff import waiting as waiting
from donghanh.news.queries.staff import writers_of as writers_of
