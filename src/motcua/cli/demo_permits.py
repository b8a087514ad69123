"""Building permits in a demonstration, whose process asks others side by side: of one an opinion is given and another
awaited; of one silence past the time was agreement, and the next is asked."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import ClassVar
from uuid import UUID

from motcua.agencies.selectors import agency as agency_facts
from motcua.cli.demo_cast import Versions, intake_of
from motcua.cli.demo_people import Crowd
from motcua.cli.demo_played import Played
from motcua.dossiers.row import Row
from motcua.flows import consultations, progress
from motcua.flows.reception import Intake, receive
from motcua.kernel.errors import Refusal
from motcua.kernel.time import local

PERMIT, VARIANT = "1.013225", "house"
HERITAGE, DISPUTES = "heritage", "disputes"
ASKED = {
    HERITAGE: "Nhà ở xin phép xây có gần di tích, cơ sở tín ngưỡng nào không?",
    DISPUTES: "Thửa đất xin phép xây có đang hòa giải tranh chấp ở xã không?",
}
ANSWER = "Không có di tích, cơ sở tín ngưỡng nào gần thửa đất."
SIGNED, NUMBER = "Phòng Văn hóa - Xã hội", "03/VHXH"


@dataclass(slots=True, kw_only=True)
class Permits(Played):
    """Played after the lives; nothing where the agency runs no permits, or lacks one of those who are asked."""

    name: ClassVar[str] = "permits"

    def play(self, versions: Versions) -> int:
        """Returns how many acts."""
        wanted = {"reception_officer", "culture_society_section", "justice_officer", "economic_section"}
        if PERMIT not in versions or wanted - self.staff.keys():
            return 0
        self.begin()
        agency, day = self.run.terms.agency, local(self.run.terms.until).date()
        crowd = Crowd(f"{self.run.terms.seed}/permits", place=agency_facts(agency).place, today=day)
        chance = Random(f"{self.run.terms.seed}/permits")  # noqa: S311 - a play, no secrets
        try:
            for days, play in ((7, self._left_silent), (2, self._answered)):
                intake = intake_of(agency, versions[PERMIT], VARIANT, crowd, chance)
                play(self.opening(days), intake)
        except Refusal:  # another demonstration of the same days was here: nobody writes into its past
            return self.acts
        return self.acts

    def _left_silent(self, at: datetime, intake: Intake) -> None:
        """The time of the first runs out; who asks the next notes it."""
        row = self._started("silent", at, intake)
        row = row and self._ask("silent/3", row, self.later(at, 60), HERITAGE)
        if row is not None:
            self._ask("silent/4", row, self.later(self.opening(1), 30), DISPUTES)

    def _answered(self, at: datetime, intake: Intake) -> None:
        row = self._started("answered", at, intake)
        row = row and self._ask("answered/3", row, self.later(at, 60), HERITAGE)
        row = row and self._ask("answered/4", row, self.later(at, 65), DISPUTES)
        if row is None:
            return
        asked = next(one for one in row["consultations"] if one["plan"] == HERITAGE)
        who = self.staff["culture_society_section"][0].actor
        opinion = {"outcome": "agree", "text": ANSWER, "signed": SIGNED, "number": NUMBER}
        told = {"code": row["code"], "consultation": UUID(asked["id"]), **opinion}
        self.act("answered/5", who, self.later(at, 500), consultations.answer, **told)

    def _started(self, key: str, at: datetime, intake: Intake) -> Row | None:
        clerk = self.staff["reception_officer"][0].actor
        row = self.row(f"{key}/1", clerk, at, receive, intake=intake)
        begins = self.later(at, 30)
        return row and self.row(
            f"{key}/2", self.worker(row, begins), begins, progress.start, code=row["code"]
        )

    def _ask(self, key: str, row: Row, at: datetime, plan: str) -> Row | None:
        """As the process says: whom, until when, and what silence means."""
        asking = {
            "whom": (),
            "about": ASKED[plan],
            "value": "5",
            "unit": "working_day",
            "parts": ["people"],
            "plan": plan,
        }
        return self.row(key, self.worker(row, at), at, consultations.consult, code=row["code"], **asking)
