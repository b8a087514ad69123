"""Whether an agency can run a process: somebody for every row, two people where two must act, somebody at each place
that is asked or told. Pure; see ADR 0067."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from motcua.agencies.positions import POSITION_KINDS, WORKING
from motcua.kernel.say import Say
from motcua.processes.assigning import Staff
from motcua.processes.shapes import Addressee, ProcessVersion, Step
from motcua.processes.wording import position_words, positions_words

Rows = Mapping[str, frozenset[UUID]]
Apart = Mapping[str, set[str]]
# So many ways to give rows to people are tried.
MOST_TRIED = 20_000


@dataclass(frozen=True, slots=True)
class Answering:
    """Another agency that a process asks: what it is called (None: there is no such agency here), and whether somebody
    who leads it sits there."""

    called: Say | None
    is_staffed: bool = False


@dataclass(frozen=True, slots=True)
class Offices:
    """Who could be asked: the agency's own people in their seats; its units by code, each with its id and what it is
    called; other agencies by code."""

    code: str
    staff: Staff
    units: Mapping[str, tuple[UUID, Say]]
    others: Mapping[str, Answering]


@dataclass(frozen=True, slots=True)
class Vacancy:
    """What keeps an agency from running a row of a process. `empty`: the row itself has nobody."""

    step: Step
    said: Say
    empty: bool = False


def asked_agencies(process: ProcessVersion) -> set[str]:
    """The codes of the agencies that a process asks."""
    asked = (whom for step in process.steps for one in step.consultations for whom in one.whom)
    return {whom.agency for whom in asked if whom.agency}


def vacancies(process: ProcessVersion, offices: Offices) -> list[Vacancy]:
    """All that keeps an agency from running `process`, in the order of its rows; what is said names row and place."""
    found: list[Vacancy] = []
    for step in process.steps:
        who = positions_words(step.positions)
        if not offices.staff.sit(step):
            said = Say(
                f"bước “{step.work.vi}” chưa có người giữ vị trí {who.vi}",
                f"nobody holds {who.en} for “{step.work.en}”",
            )
            found.append(Vacancy(step, said, empty=True))
        found += [Vacancy(step, said) for said in _unasked(step, offices)]
        found += [Vacancy(step, said) for said in _untold(step, offices)]
    rows = {step.code: people_of(step, offices.staff) for step in process.steps}
    if not any(one.empty for one in found) and (stuck := alone(process, rows)) is not None:
        apart = [process.step(code) for code in stuck]
        named_vi = ", ".join(f"“{step.work.vi}”" for step in apart)
        named_en = ", ".join(f"“{step.work.en}”" for step in apart)
        said = Say(
            f"các bước {named_vi} phải do những người khác nhau làm, mà vị trí của các bước ấy không đủ người",
            f"{named_en} are to be done by different people, and their seats have too few",
        )
        found.append(Vacancy(apart[-1], said))
    return found


def people_of(step: Step, staff: Staff) -> frozenset[UUID]:
    """Who sits in a seat of `step`."""
    return frozenset(account for kind in step.positions for account, _unit in staff.seats.get(kind, ()))


def _unasked(step: Step, offices: Offices) -> Iterator[Say]:
    for one in step.consultations:
        for whom in one.whom:
            why = _why_not(whom, offices)
            if why is not None:
                yield Say(
                    f"bước “{step.work.vi}” lấy ý kiến về {one.about.vi}: {why.vi}",
                    f"“{step.work.en}” asks for an opinion on {one.about('en')}: {why.en}",
                )


def _why_not(whom: Addressee, offices: Offices) -> Say | None:
    """Why somebody a process asks can't be asked in this agency; None where they can."""
    if whom.agency == offices.code:
        return Say("quy trình hỏi chính cơ quan này", "the process asks this very agency")
    if whom.agency:
        other = offices.others.get(whom.agency, Answering(None))
        if other.called is None:
            return Say(f"không có cơ quan {whom.agency}", f"there is no agency {whom.agency}")
        if not other.is_staffed:
            return Say(
                f"chưa có ai phụ trách {other.called.vi} để nhận việc",
                f"nobody who leads {other.called.en} could take it on",
            )
    elif whom.unit:
        if whom.unit not in offices.units:
            return Say(f"cơ quan không có đơn vị {whom.unit}", f"the agency has no unit {whom.unit}")
        unit, called = offices.units[whom.unit]
        seats = offices.staff.seats
        if not any(unit == place for kind in WORKING for _account, place in seats.get(kind, ())):
            return Say(f"chưa có ai ở {called.vi}", f"nobody sits in {called.en}")
    elif whom.position:
        words = position_words(whom.position)
        if whom.position not in WORKING:
            return Say(f"{words.vi} không xem hồ sơ", f"{words.en} does not look at dossiers")
        if not offices.staff.seats.get(whom.position):
            return Say(f"chưa ai giữ vị trí {words.vi}", f"nobody holds {words.en}")
    return None


def _untold(step: Step, offices: Offices) -> Iterator[Say]:
    told = dict.fromkeys(kind for one in step.escalation for kind in one.tell)
    for kind in told:
        if kind not in POSITION_KINDS or not offices.staff.seats.get(kind):
            words = position_words(kind)
            yield Say(
                f"bước “{step.work.vi}” báo trễ cho {words.vi}, chưa ai giữ vị trí ấy",
                f"“{step.work.en}” tells {words.en} when it is late, which nobody holds",
            )


def alone(process: ProcessVersion, rows: Rows) -> list[str] | None:
    """The codes of rows that stand apart and for which there are too few people, so that no dossier could come through
    all of them; None where there are enough. `rows`: who could do each."""
    apart: dict[str, set[str]] = {}
    for step in process.steps:
        for code in step.apart_from:
            apart.setdefault(step.code, set()).add(code)
            apart.setdefault(code, set()).add(step.code)
    # A row with more people than rows it stands apart from can always be given to one of them.
    while free := [code for code, others in apart.items() if len(rows[code]) > len(others)]:
        for code in free:
            for other in apart.pop(code):
                apart.get(other, set()).discard(code)
        apart = {code: others for code, others in apart.items() if others}
    wanted = sorted(apart, key=lambda code: len(rows[code]))
    if _given(wanted, {}, apart, rows, iter(range(MOST_TRIED))):
        return None
    return [step.code for step in process.steps if step.code in apart]


def _given(
    wanted: Sequence[str], given: Mapping[str, UUID], apart: Apart, rows: Rows, tries: Iterator[int]
) -> bool:
    """Whether the rows that are left can be given to people so that no two that stand apart have the same; where that
    takes too many tries to say, they are taken to."""
    if not wanted:
        return True
    code, *rest = wanted
    taken = {given[other] for other in apart[code] if other in given}
    for one in sorted(rows[code] - taken):
        if next(tries, None) is None or _given(rest, {**given, code: one}, apart, rows, tries):
            return True
    return False
