"""Writes of the room of news."""

from __future__ import annotations

from donghanh.news.actions.asking import ask_pupil as ask_pupil
from donghanh.news.actions.asking import clear_name as clear_name
from donghanh.news.actions.asking import heard_parents as heard_parents
from donghanh.news.actions.own import agree as agree
from donghanh.news.actions.own import forget as forget
from donghanh.news.actions.own import refuse as refuse
from donghanh.news.actions.own import withdraw as withdraw
from donghanh.news.actions.picturing import add_picture as add_picture
from donghanh.news.actions.picturing import answer_picture as answer_picture
from donghanh.news.actions.picturing import ask_shown as ask_shown
from donghanh.news.actions.picturing import describe_picture as describe_picture
from donghanh.news.actions.publishing import approve as approve
from donghanh.news.actions.publishing import correct as correct
from donghanh.news.actions.publishing import plan as plan
from donghanh.news.actions.publishing import publish as publish
from donghanh.news.actions.publishing import publish_correction as publish_correction
from donghanh.news.actions.publishing import publish_due as publish_due
from donghanh.news.actions.publishing import send_back as send_back
from donghanh.news.actions.publishing import take_down as take_down
from donghanh.news.actions.refusals import AlreadyAsked as AlreadyAsked
from donghanh.news.actions.refusals import ChangedMeanwhile as ChangedMeanwhile
from donghanh.news.actions.refusals import NobodyToAsk as NobodyToAsk
from donghanh.news.actions.refusals import NoSuchName as NoSuchName
from donghanh.news.actions.refusals import Over as Over
from donghanh.news.actions.refusals import ShowsAlready as ShowsAlready
from donghanh.news.actions.refusals import TooLong as TooLong
from donghanh.news.actions.writing import begin as begin
from donghanh.news.actions.writing import drop_draft as drop_draft
from donghanh.news.actions.writing import hand_in as hand_in
from donghanh.news.actions.writing import keep_draft as keep_draft
from donghanh.news.actions.writing import save as save
from donghanh.news.actions.writing import see_article as see_article
