"""The pages of this surface."""

from django.urls import URLPattern, path

from motcua.web.oversight import board, lookups, register, roster

urlpatterns: list[URLPattern] = [
    path("board", board.board, name="board"),
    path("board/roster", roster.roster, name="roster"),
    path("lookups", lookups.lookups, name="lookups"),
    path("register", register.register, name="register"),
    path("register.pdf", register.paper, name="register_paper"),
    path("register.xlsx", register.workbook, name="register_workbook"),
]
