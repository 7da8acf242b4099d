"""Addresses of the room of directives."""

from __future__ import annotations

from django.urls import path

from donghanh.directives.views import answers, drafts, letters, registers

app_name = "directives"

urlpatterns = [
    path("chi-dao/", letters.listing, name="listing"),
    path("chi-dao/doc-moi", letters.new, name="new"),
    path("chi-dao/soan", drafts.write, name="write"),
    path("chi-dao/bang/", registers.overall, name="overall"),
    path("chi-dao/bang.xlsx", registers.overall_sheet, name="overall_sheet"),
    path("chi-dao/so/", registers.books, name="books"),
    path("chi-dao/so.xlsx", registers.book_sheet, name="book_sheet"),
    path("chi-dao/so/lay-so", registers.take_number, name="take_number"),
    path("chi-dao/so/<int:entry_id>/huy", registers.void_number, name="void_number"),
    path("chi-dao/thu-vien/", registers.library, name="library"),
    path("chi-dao/<int:directive_id>/soan", drafts.write, name="rewrite"),
    path("chi-dao/<int:directive_id>/du-thao", drafts.draft, name="draft"),
    path("chi-dao/<int:directive_id>/trinh", drafts.submit, name="submit"),
    path("chi-dao/<int:directive_id>/bo", drafts.discard, name="discard"),
    path("chi-dao/<int:directive_id>/ky", drafts.sign, name="sign"),
    path("chi-dao/<int:directive_id>/tra-lai", drafts.send_back, name="send_back"),
    path("chi-dao/<int:directive_id>/phat-hanh", drafts.publish, name="publish"),
    path("chi-dao/<int:directive_id>/van-ban.docx", drafts.paper, name="paper"),
    path("chi-dao/<int:directive_id>/thu-hoi", drafts.recall, name="recall"),
    path("chi-dao/<int:directive_id>/doc", letters.reading, name="reading"),
    path("chi-dao/<int:directive_id>/giao", letters.issue, name="issue"),
    path("chi-dao/<int:directive_id>/theo-doi", letters.board, name="board"),
    path("chi-dao/<int:directive_id>/theo-doi.xlsx", letters.board_sheet, name="board_sheet"),
    path("chi-dao/<int:directive_id>/nhac", letters.remind, name="remind"),
    path("van-ban-den/", letters.inbox, name="inbox"),
    path("van-ban-den/cung-noi-dung/", answers.links, name="links"),
    path("van-ban-den/cung-noi-dung/<int:bundle_id>/tach", answers.unlink, name="unlink"),
    path("van-ban-den/<int:directive_id>/", letters.received, name="received"),
    path("van-ban-den/<int:directive_id>/xac-nhan", letters.acknowledge, name="acknowledge"),
    path("van-ban-den/<int:directive_id>/ke-hoach", answers.plan, name="plan"),
    path("van-ban-den/<int:directive_id>/viec/<int:task_id>", answers.answer, name="answer"),
]
