"""Made-up people for demonstrations: names out of our own vocabulary, numbers that nobody can have.

Identity numbers begin with 099, a province code that was never given out; telephone numbers with 0100, which
no operator has. So no number of the demonstration is anybody's.
"""

import json
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from random import Random
from typing import Any

from motcua.parties.operations import Particulars

NO_PROVINCE = "099"
NO_OPERATOR = "0100"
COMES_AGAIN = 0.12
UNUSUAL_NAME = 0.12
NO_CARD_YET = 0.04


class Crowd:
    """The people of one demonstration. The same `seed` gives the same people, in the same order."""

    def __init__(self, seed: str, *, place: str, today: date) -> None:
        self._random = Random(seed)  # noqa: S311 - people to play with, not secrets
        self._place = place
        self._today = today
        self._words: dict[str, Any] = json.loads(
            (files("motcua.cli") / "data" / "demo_people.json").read_text(encoding="utf-8")
        )
        self._known: list[Particulars] = []

    def adult(self) -> Particulars:
        """Somebody of 18 to 85 with an identity number; sometimes one who was here before."""
        if self._known and self._random.random() < COMES_AGAIN:
            return self._random.choice(self._known)
        sex = self._random.choice(("male", "female"))
        person = self._person(sex, self._born(18, 85))
        if self._random.random() < NO_CARD_YET:
            person = replace(person, paper="old_id", number=f"{NO_PROVINCE}{self._digits(6)}")
        self._known.append(person)
        return person

    def couple(self) -> tuple[Particulars, Particulars]:
        """Two people who live at one address."""
        one = self._person("male", self._born(21, 45))
        other = self._person("female", self._born(19, 43))
        return one, replace(other, address=one.address)

    def child(self, parent: Particulars) -> Particulars:
        """A newborn of `parent`: the parent's family name, no paper of its own yet."""
        sex = self._random.choice(("male", "female"))
        family, _, given = self._name(sex).partition(" ")
        family = parent.name.split()[0]
        return Particulars(
            name=f"{family} {given or family}", address=parent.address, born_on=self._born(0, 0)
        )

    def deceased(self, relative: Particulars) -> Particulars:
        """An old person of the relative's household."""
        person = self._person(self._random.choice(("male", "female")), self._born(60, 95))
        return replace(person, address=relative.address, phone="")

    def _person(self, sex: str, born: date) -> Particulars:
        century = (0 if sex == "male" else 1) + (2 if born.year >= 2000 else 0)
        number = f"{NO_PROVINCE}{century}{born.year % 100:02}{self._digits(6)}"
        words = self._words
        house = f"Số {self._random.randrange(1, 180)} {self._random.choice(words['streets'])}, "
        hamlet = self._random.choice(words["hamlets"])
        return Particulars(
            name=self._name(sex),
            paper="citizen_id",
            number=number,
            born_on=born,
            phone=f"{NO_OPERATOR}{self._digits(6)}",
            address=f"{house if self._random.random() < 0.6 else ''}{hamlet}, {self._place}",
        )

    def _name(self, sex: str) -> str:
        if self._random.random() < UNUSUAL_NAME:
            return str(self._random.choice(self._words["whole_names"][sex]))
        surnames = self._words["surnames"]
        (surname,) = self._random.choices(surnames, [s["weight"] for s in surnames])
        parts = self._words[sex]
        return " ".join(
            (surname["surname"], self._random.choice(parts["middle"]), self._random.choice(parts["given"]))
        )

    def _born(self, youngest: int, oldest: int) -> date:
        return self._today - timedelta(days=self._random.randrange(youngest * 366 + 20, oldest * 365 + 60))

    def _digits(self, count: int) -> str:
        return f"{self._random.randrange(10**count):0{count}}"
