"""The pages of this surface. They stand before the desk's: `receive` is no dossier's code."""

from django.urls import URLPattern, path

from motcua.web.counter import (
    batches,
    guidance,
    intakes,
    phone,
    printing,
    refusal,
    results,
    screens,
    views,
    visits,
)

urlpatterns: list[URLPattern] = [
    path("screens", screens.screens, name="screens"),
    path("screens/close", screens.close_screen, name="close_screen"),
    path("screens/marks/<uuid:intake>", screens.marks, name="screen_marks"),
    path("screen", screens.screen, name="screen"),
    path("screen/now", screens.screen_now, name="screen_now"),
    path("phone", phone.phone, name="phone"),
    path("phone/<str:token>", phone.phone_token, name="phone_token"),
    path("uploads/phone/<uuid:link>", phone.phone_arrivals, name="phone_arrivals"),
    path("procedures/suggestions", views.suggestions, name="procedure_suggestions"),
    path("dossiers/receive", views.receive, name="receive"),
    path("procedures/<str:code>/pin", intakes.pin, name="pin"),
    path("intakes/<uuid:intake>/resume", intakes.resume, name="resume_intake"),
    path("intakes/<uuid:intake>/drop", intakes.drop, name="drop_intake"),
    path("batches/template.xlsx", batches.template, name="batch_template"),
    path("batches/<uuid:batch>", batches.page, name="batch"),
    path("batches/<uuid:batch>/receive", batches.receive, name="receive_batch"),
    path("batches/<uuid:batch>/drop", batches.drop, name="drop_batch"),
    path("visits/<uuid:visit>/codes.xlsx", batches.codes, name="visit_codes"),
    path("visits/<uuid:visit>/slip.pdf", visits.slip, name="slip"),
    path("guidance/refuse", refusal.refuse, name="guidance_refuse"),
    path("guidance/<str:number>.pdf", guidance.paper, name="guidance_paper"),
    path("guidance/<str:number>/answer", guidance.answer, name="guidance_answer"),
    path("guidance/<str:number>", guidance.page, name="guidance"),
    path("results", results.results, name="results"),
    path("results/manifests", results.manifests, name="manifests"),
    path("results/manifests/<str:number>.pdf", results.manifest_paper, name="manifest_paper"),
    path("results/manifests/<str:number>", results.manifest, name="manifest"),
    path("dossiers/<str:code>/received", printing.received, name="received"),
    path("dossiers/<str:code>/receipt.pdf", printing.receipt, name="receipt"),
    path(
        "dossiers/<str:code>/consultations/<uuid:consultation>.pdf",
        printing.consultation_letter,
        name="consultation_letter",
    ),
    path("dossiers/<str:code>/forms/<str:number>.pdf", printing.form_letter, name="form_letter"),
]
