"""Completeness: what is missing is told at once, and nothing beyond the published papers."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, strategies as st

from motcua.catalogue.completeness import Completeness, Handed, Medium, check
from motcua.catalogue.shapes import Audience, Channel, Component, ComponentKind, Condition, Source
from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say


def component(
    code: str, kind: ComponentKind, originals: int = 0, copies: int = 0, **more: object
) -> Component:
    return Component(code, Say(f"Giấy {code}", f"Paper {code}"), kind, originals, copies, **more)  # type: ignore[arg-type]


FORM = component("form", ComponentKind.REQUIRED, 1, channels=(Channel.COUNTER, Channel.POST))
ONLINE_FORM = component("online_form", ComponentKind.REQUIRED, 1, channels=(Channel.ONLINE,))
DELEGATION = component("delegation", ComponentKind.REQUIRED_IF, 1, when=Condition("delegated"))
OLD = component("old", ComponentKind.ONE_OF, 0, 1, group="proof")
OTHER = component("other", ComponentKind.ONE_OF, 0, 2, group="proof")
IDENTITY = component("identity", ComponentKind.SHOW_ONLY, 1, sources=(Source.DATABASE,))
RESIDENCE = component("residence", ComponentKind.DATABASE, 1)
DIPLOMA = component("diploma", ComponentKind.VAULT)
NOTE = component("note", ComponentKind.NOTE)
ALL = (FORM, ONLINE_FORM, DELEGATION, OLD, OTHER, IDENTITY, RESIDENCE, DIPLOMA, NOTE)
WHOLE = (
    Handed("form", originals=1),
    Handed("old", copies=1),
    Handed("identity", originals=1, shown=True),
    Handed("residence", medium=Medium.DATABASE),
    Handed("diploma", medium=Medium.VAULT),
)


def look(
    *handed: Handed,
    components: tuple[Component, ...] = ALL,
    channel: Channel = Channel.COUNTER,
    **answers: str,
) -> Completeness:
    return check(
        components=components, channel=channel, answers={"delegated": "no", **answers}, handed=handed
    )


def test_a_whole_dossier_is_complete() -> None:
    answer = look(*WHOLE)
    assert answer.complete
    assert answer.satisfied == ("form", "old", "identity", "residence", "diploma")
    assert answer.needed == ("form", "old", "other", "identity", "residence", "diploma")


def test_an_empty_dossier_tells_everything_at_once() -> None:
    """ND 118/2025 art. 17(2)(a)."""
    answer = look(delegated="yes")
    assert not answer.complete
    assert [m.components for m in answer.missing] == [
        ("form",),
        ("delegation",),
        ("old", "other"),
        ("identity",),
        ("residence",),
        ("diploma",),
    ]
    assert [m.reason.vi for m in answer.missing][:5] == [
        "Thiếu: Giấy form (01 bản chính)",
        "Thiếu: Giấy delegation (01 bản chính)",
        "Thiếu, cần một trong: Giấy old; Giấy other",
        "Chưa xuất trình: Giấy identity",
        "Chưa tra cứu được: Giấy residence; không có dữ liệu thì xuất trình giấy tờ",
    ]


def test_papers_of_another_channel_are_not_asked_for() -> None:
    answer = look(*WHOLE, channel=Channel.ONLINE)
    assert [m.components for m in answer.missing] == [("online_form",)]


def test_a_condition_brings_its_paper() -> None:
    assert [m.components for m in look(*WHOLE, delegated="yes").missing] == [("delegation",)]
    assert look(*WHOLE, Handed("delegation", originals=1), delegated="yes").complete


def test_an_open_question_is_told_and_the_dossier_not_complete() -> None:
    answer = check(components=ALL, channel=Channel.COUNTER, answers={}, handed=WHOLE)
    assert answer.missing == ()
    assert answer.unanswered == ("delegated",)
    assert not answer.complete


def test_one_whole_alternative_is_enough_and_halves_are_not() -> None:
    without = tuple(h for h in WHOLE if h.component != "old")
    assert look(*without, Handed("other", copies=2)).complete
    assert [m.components for m in look(*without, Handed("other", copies=1)).missing] == [("old", "other")]


def test_an_alternative_of_another_answer_does_not_count() -> None:
    abroad = replace(OLD, when=Condition("abroad", ("no",)))
    group = (abroad, OTHER)
    answer = look(Handed("old", copies=1), components=group, abroad="yes")
    assert [m.components for m in answer.missing] == [("other",)]


PLEDGE = component("pledge", ComponentKind.ONE_OF, 1, group="kin", alternative="word")
WITNESSES = component("witnesses", ComponentKind.ONE_OF, 1, group="kin", alternative="word")
EXPERT = component("expert", ComponentKind.ONE_OF, 1, group="kin")
KIN = (EXPERT, PLEDGE, WITNESSES)


def test_papers_of_one_alternative_go_together() -> None:
    for enough in (["expert"], ["pledge", "witnesses"], ["expert", "pledge"]):
        assert look(*(Handed(code, 1) for code in enough), components=KIN).complete, enough
    for half in ([], ["pledge"], ["witnesses"]):
        answer = look(*(Handed(code, 1) for code in half), components=KIN)
        assert [m.components for m in answer.missing] == [("expert", "pledge", "witnesses")], half
    assert look(components=KIN).missing[0].reason.vi == (
        "Thiếu, cần một trong: Giấy expert; Giấy pledge cùng với Giấy witnesses"
    )


def test_an_alternative_of_half_its_papers_by_answers_is_whole_without_the_rest() -> None:
    child = component(
        "child", ComponentKind.ONE_OF, 1, group="kin", alternative="word", when=Condition("child")
    )
    group = (*KIN, child)
    word = (Handed("pledge", 1), Handed("witnesses", 1))
    assert look(*word, components=group, child="no").complete
    assert not look(*word, components=group, child="yes").complete
    assert look(*word, Handed("child", 1), components=group, child="yes").complete


def test_papers_asked_of_some_applicants_only() -> None:
    letter = component("letter", ComponentKind.REQUIRED, 1, applicants=(Audience.ORGANISATION,))
    for applicant, missing in (
        (Audience.CITIZEN, []),
        (Audience.ORGANISATION, ["letter"]),
        (None, ["letter"]),
    ):
        answer = check(
            components=[letter], channel=Channel.COUNTER, answers={}, handed=(), applicant=applicant
        )
        assert [code for m in answer.missing for code in m.components] == missing


def test_a_paper_that_hangs_on_two_answers() -> None:
    pledge = component(
        "pledge",
        ComponentKind.REQUIRED_IF,
        1,
        when=Condition("notice", ("no",), (Condition("witness", ("no",)),)),
    )
    assert look(components=(pledge,)).unanswered == ("notice",)
    assert look(components=(pledge,), notice="yes").complete
    assert look(components=(pledge,), notice="no").unanswered == ("witness",)
    assert look(components=(pledge,), notice="no", witness="yes").complete
    assert not look(components=(pledge,), notice="no", witness="no").complete


def test_numbers_count_and_are_told() -> None:
    two = component("two", ComponentKind.REQUIRED, 1, 2)
    answer = look(Handed("two", originals=1, copies=1), components=(two,))
    assert (
        answer.missing[0].reason.vi
        == "Chưa đủ: Giấy two; cần 01 bản chính, 02 bản sao, mới có 01 bản chính, 01 bản sao"
    )
    assert look(Handed("two", originals=1, copies=1), Handed("two", copies=1), components=(two,)).complete


@pytest.mark.parametrize(
    ("originals", "copies", "enough"), [(2, 0, True), (1, 1, True), (0, 2, False), (0, 5, False)]
)
def test_an_original_serves_as_a_copy_never_the_other_way(originals: int, copies: int, enough: bool) -> None:
    paper = component("paper", ComponentKind.REQUIRED, 1, 1)
    assert look(Handed("paper", originals=originals, copies=copies), components=(paper,)).complete is enough


def test_what_is_only_shown_does_not_stand_for_what_must_be_kept() -> None:
    assert not look(Handed("form", originals=1, shown=True), components=(FORM,)).complete
    assert look(Handed("identity", originals=1, shown=True), components=(IDENTITY,)).complete


def test_databases_and_the_vault_stand_in_only_where_the_version_says_so() -> None:
    assert look(Handed("identity", medium=Medium.DATABASE), components=(IDENTITY,)).complete
    assert not look(Handed("identity", medium=Medium.VAULT), components=(IDENTITY,)).complete
    assert not look(Handed("form", medium=Medium.DATABASE), components=(FORM,)).complete
    assert look(Handed("residence", originals=1, shown=True), components=(RESIDENCE,)).complete


def test_an_electronic_paper_is_a_paper() -> None:
    answer = look(
        Handed("online_form", originals=1, medium=Medium.ELECTRONIC),
        components=(ONLINE_FORM,),
        channel=Channel.ONLINE,
    )
    assert answer.complete


def test_a_paper_the_version_does_not_have_is_refused() -> None:
    with pytest.raises(Invalid, match="không thuộc trường hợp này"):
        look(Handed("extra", originals=1))


@pytest.mark.parametrize("handed", [Handed("form", originals=-1), Handed("form", copies=-1)])
def test_negative_numbers_are_refused(handed: Handed) -> None:
    with pytest.raises(Invalid):
        look(handed)


handings = st.lists(
    st.builds(
        Handed,
        component=st.sampled_from([c.code for c in ALL]),
        originals=st.integers(0, 3),
        copies=st.integers(0, 3),
        medium=st.sampled_from(Medium),
        shown=st.booleans(),
    ),
    max_size=12,
)
channels = st.sampled_from(Channel)
answers = st.fixed_dictionaries({}, optional={"delegated": st.sampled_from(["yes", "no"])})


@given(handed=handings, extra=handings, channel=channels, given_answers=answers)
def test_handing_in_more_never_makes_more_missing(
    handed: list[Handed], extra: list[Handed], channel: Channel, given_answers: dict[str, str]
) -> None:
    before = check(components=ALL, channel=channel, answers=given_answers, handed=handed)
    after = check(components=ALL, channel=channel, answers=given_answers, handed=[*handed, *extra])
    assert {m.components for m in after.missing} <= {m.components for m in before.missing}
    assert set(before.satisfied) <= set(after.satisfied)


@given(handed=handings, channel=channels, given_answers=answers)
def test_every_needed_paper_is_satisfied_missing_or_an_alternative(
    handed: list[Handed], channel: Channel, given_answers: dict[str, str]
) -> None:
    answer = check(components=ALL, channel=channel, answers=given_answers, handed=handed)
    missing = {code for m in answer.missing for code in m.components}
    assert not missing & set(answer.satisfied)
    open_alternatives = {"old", "other"} if {"old", "other"} & set(answer.satisfied) else set()
    assert set(answer.needed) == missing | set(answer.satisfied) | open_alternatives
    assert "note" not in answer.needed
    assert answer.complete == (not answer.missing and not answer.unanswered)


@given(handed=handings, channel=channels, seed=st.randoms(use_true_random=False))
def test_the_order_of_handing_in_does_not_matter(
    handed: list[Handed], channel: Channel, seed: Random
) -> None:
    shuffled = list(handed)
    seed.shuffle(shuffled)
    one = check(components=ALL, channel=channel, answers={"delegated": "yes"}, handed=handed)
    other = check(components=ALL, channel=channel, answers={"delegated": "yes"}, handed=shuffled)
    assert one.satisfied == other.satisfied
    assert [m.components for m in one.missing] == [m.components for m in other.missing]
