"""What happens in each visit of the day, in the words of the table."""

from tests.proof.day import acts, certify, money, results, special
from tests.proof.day.acts import act, confirm, nothing, written
from tests.proof.day.desk import Desk
from tests.proof.day.hand import Hand
from tests.proof.day.intake import (
    ADOPTION,
    DEATH,
    EXTRACT,
    LAND,
    MARRIAGE,
    POOR,
    SINGLE,
    Matter,
    by_card,
    by_hand,
    ordinary,
)
from tests.proof.day.people import Person

__all__ = ["ADOPTION", "DEATH", "LAND", "SINGLE"]
People = list[Person]
ONE, TWO = "tiepnhan1", "tiepnhan2"


# The certification desk ---------------------------------------------------------------------------------------------


def copies(login: str, *lines: certify.Line):
    """Certified copies: nobody is asked who they are."""
    return lambda desk, people: certify.certify(desk, login, lines)


def named(login: str, kind: str, *lines: certify.Line, number: bool = True):
    """What is asked for by name."""

    def does(desk: Desk, people: People) -> None:
        told = people[0].number if number else ""
        certify.certify(desk, login, lines, kind=kind, name=people[0].name, number=told)

    return does


def signature(login: str, *lines: certify.Line):
    """A signature given before the officer."""
    return named(login, "signature", *lines)


def register_copy(desk: Desk, people: People) -> None:
    """A copy from the register."""
    named(TWO, "register_copy", ("tlht", 1, 2))(desk, people)


def translator(desk: Desk, people: People) -> None:
    """A translator's signature."""
    named(ONE, "translator", ("dich", 2, 1), number=False)(desk, people)


def transaction(desk: Desk, people: People) -> None:
    """A gift of land between two people, both at the desk: 50,000 đồng whatever its originals (226/2016/TT-BTC)."""
    giver, taker, *_ = people
    certify.certify(
        desk,
        TWO,
        (("tc", 4, 3),),
        kind="transaction",
        name=giver.name,
        number=giver.number,
        other=taker,
        fee=50_000,
    )


def copies_later(desk: Desk, people: People) -> None:
    """More than can be waited for."""
    certify.with_slip(desk, ONE, (("hd", 12, 8),), people[0].name, TWO)


def refused(desk: Desk, people: People) -> None:
    """A paper that was altered; and a count in the book that was wrong."""
    certify.refuse(desk, ONE, "altered", people[0].name)
    certify.correct(desk, ONE, 1, "count", "3", "Đếm nhầm số bản.")


# Reception ----------------------------------------------------------------------------------------------------------


def received(login: str, matter: Matter, *, what: str = "intake"):
    """One dossier, by card."""
    return lambda desk, people: ordinary(desk, login, matter, people[0], by_card(people[0]), what=what)


def without_card(login: str, matter: Matter):
    """One dossier of somebody who has no card with them: a passport."""
    return lambda desk, people: ordinary(
        desk, login, matter, people[0], by_hand(people[0], paper="passport", number="C1234567")
    )


def same_day(desk: Desk, people: People) -> None:
    """Received, paid, settled, laid on the shelf, told, handed over within the day."""
    one = ordinary(desk, TWO, EXTRACT, people[0], by_card(people[0]))
    money.take(desk, one.code, given=50_000)
    acts.settle(desk, one.code)
    results.ready(desk, one.code, "A1")
    results.give(desk, one.code)
    acts.paper(desk, ONE, one.code, "06", "06-routing-slip")
    desk.remember("known", one)


def guidance(desk: Desk, people: People) -> None:
    """A paper is missing: form 02, and no dossier."""
    number = special.guided(desk, ONE, SINGLE, people[0], without=("form",))
    desk.guided = (number, people[0])


def back_again(desk: Desk, people: People) -> None:
    """The same person, by the record's number; paid by card."""
    number, person = desk.guided
    one = special.back_with_papers(desk, TWO, SINGLE, person, number)
    money.take(desk, one.code, card="004211")


def turned_away(desk: Desk, people: People) -> None:
    """Not this agency's to settle: form 03, and no dossier."""
    special.turned_away(desk, ONE, SINGLE, people[0])


def three(desk: Desk, people: People) -> None:
    """Three matters of one person, one slip, one receipt for what they cost."""
    found = special.three_on_one_slip(desk, ONE, (SINGLE, EXTRACT, POOR), people[0])
    money.take_all(desk, [found[0].code, found[1].code], given=100_000)


def known(desk: Desk, people: People) -> None:
    """Who came in the morning comes again, and is found by name."""
    person = desk.known["known"].person
    one = special.found_again(desk, TWO, SINGLE, person, person.name)
    desk.remember("again", one)


def by_another(desk: Desk, people: People) -> None:
    """A neighbour brings the papers."""
    special.submitted_by_another(desk, ONE, POOR, people[0], people[1])


def two(desk: Desk, people: People) -> None:
    """Both stand at the counter."""
    special.two_applicants(desk, TWO, MARRIAGE, people[0], people[1])


def parked(desk: Desk, people: People) -> None:
    """A paper is still in the car: the next person first; then an exemption, on the paper that was in the car."""
    special.parked(desk, ONE, SINGLE, people[0], POOR, people[1])


def a_list(desk: Desk, people: People) -> None:
    """A hamlet's list: twelve people, two lines of it wrong."""
    special.from_list(desk, ONE, POOR, people[0], people)


def from_pad(desk: Desk, people: People) -> None:
    """There was no power at noon."""
    one = special.from_pad(desk, ONE, SINGLE, people[0], sheet="1", time="11:20")
    desk.remember("on the pad", one)
    hand = desk.officer("truongquay", "/pads/S001")
    hand.print("main a[href$='print.pdf']", "pad")


def switched(desk: Desk, people: People) -> None:
    """F10."""
    special.switched(desk, ONE, TWO, people[0])


# Results ------------------------------------------------------------------------------------------------------------


def handed_over(desk: Desk, people: People) -> None:
    """Lying ready; the applicant comes. Another came from the clerk and is laid on its shelf."""
    results.give(desk, desk.lying["ready"])
    results.ready(desk, desk.lying["decided"], "C2")


def authorised(desk: Desk, people: People) -> None:
    """Somebody with a certified authorisation, who signs on the screen."""
    code = desk.lying["ready for another"]
    authority = "Giấy ủy quyền số 45, UBND Xã Mẫu, 20/8/2026"
    results.give(desk, code, to=people[0].name, authority=authority, proof="screen")


def receipt_lost(desk: Desk, people: People) -> None:
    """The receipt is lost: its secret ends."""
    results.give(desk, desk.lying["ready, receipt lost"], lost=True)


def posted(desk: Desk, people: People) -> None:
    """Two go by post: one is delivered, the other comes back."""
    codes = [desk.lying["to be posted"], desk.lying["to come back"]]
    manifest = results.post(desk, codes)
    results.delivered(desk, manifest, codes[0], "RR123456785VN")
    results.came_back(desk, codes[1], "Không có người nhận sau hai lần phát.")


# What moves or ends a dossier ---------------------------------------------------------------------------------------


def supplied(item: str):
    """A paper that was asked for comes in; on the first day's visit others are asked for elsewhere (form 02)."""

    def does(desk: Desk, people: People) -> None:
        def ticked(hand: Hand) -> None:
            hand.tick("items", item)

        act(desk, ONE, desk.lying["asked"], "supply", ticked)
        if item == "1":
            code = desk.lying["to ask"]
            act(desk, "tuphap1", code, "request_supplement", written(others="Bản sao hộ chiếu còn hạn."))
            acts.paper(desk, ONE, code, "02", "02-supplement")

    return does


def withdrawn(desk: Desk, people: People) -> None:
    """The applicant's own signed paper; the papers go back at once, the money when the book is counted."""
    code = desk.lying["to withdraw"]
    act(desk, ONE, code, "request_payment")
    receipt = money.take(desk, code)

    def does(hand: Hand) -> None:
        hand.tick("signed")
        hand.write("reason", "Không còn nhu cầu.")

    act(desk, ONE, code, "withdraw", does)

    def back(hand: Hand) -> None:
        hand.choose("checked_by", "citizen_id")
        hand.choose("proof", "paper")

    desk.to_refund = (receipt, desk.last_total)
    act(desk, ONE, code, "give_back_papers", back)


def leader(desk: Desk, people: People) -> None:
    """What the chair decides about time."""

    def sorry(hand: Hand) -> None:
        for name, value in (("0", "3"), ("1", "9"), ("2", "2026")):
            hand.write(f"apology_date_{name}", value)
        hand.choose("cause", "verification")
        hand.write("reason", "Chờ nơi cư trú cũ trả lời.")

    late = desk.lying["late"]
    act(desk, "chutich", late, "notify_delay", sorry)
    acts.paper(desk, ONE, late, "04", "04-apology")

    def extended(hand: Hand) -> None:
        hand.choose("ground", "verification")
        hand.write("value", "2")
        hand.write("reason", "Xác minh tại nơi cư trú cũ.")

    act(desk, "chutich", desk.lying["to extend"], "extend", extended)

    def suspended(hand: Hand) -> None:
        hand.choose("ground", "verification")
        hand.write("reason", "Chờ văn bản trả lời.")

    act(desk, "chutich", desk.lying["to suspend"], "suspend", suspended)
    act(desk, "chutich", desk.lying["to suspend"], "resume", nothing)

    def stopped(hand: Hand) -> None:
        hand.choose("ground", "law")
        hand.write("basis", "Luật Hộ tịch, Điều 5")
        hand.write("reason", "Việc xin xác nhận không thuộc trường hợp được cấp.")

    act(desk, "chutich", desk.lying["to stop"], "stop", stopped)
    acts.paper(desk, ONE, desk.lying["to stop"], "05", "05-stop")


def corrected(desk: Desk, people: People) -> None:
    """A name typed wrong, put right by two people; the receipt says so."""
    code = desk.lying["to correct"]

    def does(hand: Hand) -> None:
        hand.write("p0_name", "Tạ Thị Nguyên")
        hand.write("reason", "Gõ nhầm dấu.")

    act(desk, ONE, code, "correct_reception", does)
    hand = confirm(desk, "truongquay", code)
    hand.fetch(f"/dossiers/{code}/receipt.pdf", "01-corrected")


def voided(desk: Desk, people: People) -> None:
    """Received for the wrong person."""
    one = ordinary(desk, ONE, POOR, people[0], by_card(people[0]))
    act(desk, ONE, one.code, "void_receipt", written(reason="Tiếp nhận nhầm người."))
    hand = confirm(desk, "truongquay", one.code)
    hand.fetch(f"/dossiers/{one.code}/receipt.pdf", "01-void")


def duplicate(desk: Desk, people: People) -> None:
    """The same matter twice, of somebody found by their telephone."""
    first = desk.known["on the pad"]
    one = special.found_again(desk, ONE, SINGLE, first.person, first.person.phone)
    act(desk, ONE, one.code, "close_as_duplicate", written(of=first.code, reason="Nộp hai lần."))
    confirm(desk, "truongquay", one.code)


def transferred(desk: Desk, people: People) -> None:
    """To the next commune, which accepts; the applicant is told."""
    code = desk.lying["to transfer"]

    def does(hand: Hand) -> None:
        hand.select("to", "H99.01.02")
        hand.write("reason", "Nơi cư trú thuộc Xã Mẫu Hai.")

    act(desk, ONE, code, "transfer", does)
    act(desk, "tiepnhan1.mauhai", code, "accept_transfer", nothing)
    hand = desk.officer(ONE, "/transfers?show=to_tell")
    hand.go("main form button[value=phone]")


def reopened(desk: Desk, people: People) -> None:
    """A wrong date in the result."""
    code = desk.lying["returned"]

    def does(hand: Hand) -> None:
        hand.choose("to", "examine")
        hand.choose("whose", "office")
        hand.write("reason", "Sai ngày sinh trên giấy xác nhận.")

    act(desk, "tuphap1", code, "reopen_for_correction", does)
    confirm(desk, "chutich", code)


# Money --------------------------------------------------------------------------------------------------------------


def paid_on_the_way(desk: Desk, people: People) -> None:
    """Asked for while it is worked on, paid in cash by mistake for a card: the receipt is replaced."""
    code = desk.lying["to extend"]
    act(desk, ONE, code, "request_payment")
    receipt = money.take(desk, code, given=20_000)
    money.replace(desk, receipt, desk.last_total, "004377")
    code = desk.known["again"].code
    receipt = money.take(desk, code, given=10_000)
    money.void(desk, receipt, desk.last_total, "Thu nhầm hồ sơ.")


def refunded(desk: Desk, people: People) -> None:
    """The morning's box is closed; who withdrew comes for the money, which a leader agrees to."""
    money.close_at_noon(desk)
    receipt, total = desk.to_refund
    money.refund(desk, receipt, total, "ended", "Hứa Văn Sang")


def paid_at_return(desk: Desk, people: People) -> None:
    """Due at return: paid, then handed over; of another it is waived on evidence."""
    code = desk.lying["charged"]
    money.take(desk, code, given=50_000)
    results.ready(desk, code, "A7")
    results.give(desk, code)

    def waived(hand: Hand) -> None:
        hand.write("basis", "Luật Hộ tịch, Điều 11")
        hand.write("evidence", "Giấy chứng nhận hộ nghèo số 12/2026.")

    act(desk, "chutich", desk.known["again"].code, "waive", waived)
