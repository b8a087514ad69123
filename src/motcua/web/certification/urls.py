"""The pages of this surface."""

from django.urls import URLPattern, path

from motcua.web.certification import book_views, views

urlpatterns: list[URLPattern] = [
    path("certification", views.desk, name="certification"),
    path("certification/refuse", views.refuse, name="certification_refuse"),
    path("certification/signers", book_views.signers, name="certification_signers"),
    path("certification/books", book_views.book_list, name="certification_books"),
    path("certification/books/<uuid:book>", book_views.book, name="certification_book"),
    path("certification/books/<uuid:book>.pdf", book_views.book_pdf, name="certification_book_pdf"),
    path("certification/books/<uuid:book>.xlsx", book_views.book_xlsx, name="certification_book_xlsx"),
    path("certification/books/<uuid:book>/<int:number>", book_views.entry, name="certification_entry"),
    path("certification/<uuid:dossier>", views.certified, name="certified"),
    path("certification/<uuid:dossier>/clauses.pdf", views.clauses, name="certification_clauses"),
    path("certification/<uuid:dossier>/enter", views.enter_waiting, name="certification_enter"),
]
