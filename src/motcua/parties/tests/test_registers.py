"""What a register's answer says beside what was told."""

from datetime import UTC, datetime

import pytest

from motcua.parties.registers import Answer, Outcome, Question, Registered, judge

HERE = "Thôn Trung Tâm, Xã Mẫu, Tỉnh Mẫu"


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        (HERE, "same"),
        ("thôn trung tâm,  xã Mẫu", "same"),
        ("Thôn Trung Tâm, Xã Mẫu, Tỉnh Khác", "heard"),
        ("Thôn Đoài, Xã Mẫu", "heard"),
        ("Thôn Trung Tâm", "heard"),
        ("Xã Mẫu, Tỉnh Mẫu", "heard"),
        ("", "heard"),
    ],
)
def test_an_address_may_leave_the_province_out(told, outcome):
    person = Registered(number="001190000001", name="A", address=HERE)
    question = Question(number=person.number, name=person.name)
    answer = Answer(
        register="population",
        number="1",
        asked_at=datetime(2026, 8, 24, tzinfo=UTC),
        question=question,
        outcome=Outcome.FOUND,
        person=person,
    )
    assert judge(answer, "address", name="A", born_on=None, address=told).outcome == outcome
