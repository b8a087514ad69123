"""The pages of this surface."""

from django.urls import URLPattern, path

from motcua.web.setup import (
    absences,
    acts,
    calendar,
    calendar_acts,
    leaving,
    mergers,
    rules,
    territory,
    views,
)

urlpatterns: list[URLPattern] = [
    path("calendar", calendar.calendar, name="calendar"),
    path("calendar/publish", calendar_acts.calendar_publish, name="calendar_publish"),
    path("calendar/editions/<uuid:edition>", calendar_acts.calendar_edition, name="calendar_edition"),
    path("absences", absences.absences, name="absences"),
    path("handovers", leaving.handovers, name="handovers"),
    path("handovers/people/<uuid:account>", leaving.handover_of, name="handover_of"),
    path("handovers/<uuid:handover>.pdf", leaving.handover_paper, name="handover_paper"),
    path("mergers", mergers.mergers, name="mergers"),
    path("mergers/propose", mergers.merger_propose, name="merger_propose"),
    path("mergers/<uuid:merger>", mergers.merger, name="merger"),
    path("people", views.people, name="people"),
    path("people/add", acts.person_add, name="person_add"),
    path("people/screen-lock", acts.screen_lock, name="screen_lock"),
    path("people/<uuid:account>", views.person, name="person"),
    path("people/<uuid:account>/<str:what>", acts.person_act, name="person_act"),
    path("rules", rules.rules, name="rules"),
    path("territory", territory.territory, name="territory"),
    path("seats", views.seats, name="seats"),
    path("seats/appointments/<uuid:appointment>/end", leaving.appointment_end, name="appointment_end"),
]
