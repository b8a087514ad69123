"""Dossiers in every situation, and browsers of the people who work on them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client
from tests.support.acts import act, open_day
from tests.support.pages import visitor
from tests.support.world import OTHER_COMMUNE, intake, viewer

from motcua.dossiers.operations import IssuedPaper, MissingPaper
from motcua.dossiers.selectors import dossier, find_row
from motcua.flows import consultations, delays, interests, progress, results, transfers
from motcua.flows.reception import receive, submit
from motcua.kernel.time import now
from motcua.web.common.middleware import LANGUAGE_COOKIE

RESULT = "KQ.G15.000038"
NAME = "Nguyễn Thị Ánh Tuyết"


def browser(login: str, *, at: datetime | None = None, language: str = "vi") -> Client:
    """A browser in which this person is signed in at `at` (the real now)."""
    client = visitor(login, at=at or now())
    client.cookies[LANGUAGE_COOKIE] = language
    return client


class Story:
    """One dossier told act by act, an hour apart, the last one some hours before `ends` (the real now)."""

    def __init__(self, *, begins: datetime | None = None, **told: Any) -> None:
        self.at = begins or now() - timedelta(days=1)
        taken_in = submit if told.pop("submitted", False) else receive
        self.row = act("tiepnhan1", self.at, taken_in, intake=intake(**told)).row
        self.code: str = self.row["code"]

    def then(self, login: str, flow: Callable[..., Any], *, hours: float = 1, **arguments: Any) -> "Story":
        """One more act, `hours` after the last."""
        self.at += timedelta(hours=hours)
        self.row = act(login, self.at, flow, code=self.code, **arguments).row
        return self

    def started(self) -> "Story":
        return self.then("tuphap1", progress.start)

    def sent(self) -> "Story":
        by_hand: dict[str, Any] = {"way": "manifest", "manifest": "BG-07/2026", "reason": "Thuộc Xã Mẫu Hai."}
        return self.started().then("tiepnhan1", transfers.transfer, to=OTHER_COMMUNE, **by_hand)

    def proposed(self, outcome: str = "granted", **more: Any) -> "Story":
        return self.started().then("tuphap1", progress.step, outcome=outcome, **more)

    def declared(self) -> "Story":
        return self.started().then("tuphap1", interests.declare, kind="family", reason="Em họ của chủ hồ sơ.")

    def approved(self, outcome: str = "granted", **more: Any) -> "Story":
        return self.proposed(outcome, **more).then("chutich", progress.step, outcome=outcome, **more)

    def decided(self) -> "Story":
        paper = IssuedPaper(role="result", kind=RESULT, number="12/UBND-XN", date=self.at.date())
        return self.approved().then("vanthu", progress.decide, papers=[paper])

    def ready(self) -> "Story":
        return self.decided().then("tiepnhan2", results.make_available, shelf="A3")

    def withdrawn(self) -> "Story":
        return self.then("tiepnhan1", progress.withdraw, shown_by="signed_paper")

    def asked(self, login: str = "tuphap1") -> "Story":
        items = [
            MissingPaper(component="form", text="Chưa ký tên."),
            MissingPaper(component=None, text="Bản dịch có chứng thực."),
        ]
        return self.then(login, progress.request_supplement, items=items)

    def suspended(self) -> "Story":
        reason = "Gửi văn bản xác minh đến UBND phường Mẫu Ba."
        return self.then("chutich", progress.suspend, ground="verification", reason=reason)

    def consulted(self) -> "Story":
        told: dict[str, Any] = {"about": "Đã kết hôn ở xã chưa?", "value": "5", "unit": "working_day"}
        return self.then("tuphap1", consultations.consult, whom=[f"agency:{OTHER_COMMUNE}"], **told)

    def apologising(self) -> "Story":
        day, reason = open_day(self.at.date() + timedelta(days=8)), "Chờ nơi cư trú cũ trả lời."
        return self.then("tuphap1", delays.prepare, apology_date=day, cause="verification", reason=reason)


TWIN = "G01-2026-000123"  # a code from elsewhere stays the only one


def _with_a_twin() -> Story:
    """A dossier, and one of the same procedure that came before it."""
    first = replace(intake(), code=TWIN)
    act("tiepnhan1", now() - timedelta(days=2), receive, intake=first)
    return Story()


SITUATIONS: dict[str, Callable[[], Story]] = {
    "submitted": lambda: Story(submitted=True),
    "received": Story,
    "twins": _with_a_twin,
    "in_process": lambda: Story().started(),
    "barred": lambda: Story().declared(),
    "at_approval": lambda: Story().proposed(),
    "at_seal": lambda: Story().approved(),
    "supplement_requested": lambda: Story().started().asked(),
    "suspended": lambda: Story().started().suspended(),
    "consulting": lambda: Story().started().consulted(),
    "apologising": lambda: Story().started().apologising(),
    "decided": lambda: Story().decided(),
    "ready": lambda: Story().ready(),
    "transferred": lambda: Story().sent(),
    "withdrawn": lambda: Story().withdrawn(),
    "degraded": lambda: Story(degraded=("population.0.name",)),
    "fee_unknown": lambda: Story(procedure="1.004859", variant="change"),
}


def seen(code: str, login: str = "tuphap1") -> Any:
    """The dossier whole, as a member of staff sees it."""
    return dossier(code, viewer=viewer(login))


def row_of(code: str, login: str = "tuphap1") -> Any:
    """The dossier's row now."""
    return find_row(code, viewer=viewer(login))[0]


def day_fields(name: str, day: date) -> dict[str, str]:
    """A date as its three fields post it."""
    return {f"{name}_0": f"{day.day}", f"{name}_1": f"{day.month}", f"{name}_2": f"{day.year}"}
