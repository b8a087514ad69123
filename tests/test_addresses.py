"""A proxy that is named wrongly stops the start with a sentence; where it does not, every call is an outage."""

import pytest
from django.test import override_settings

from motcua.accounts.oidc_calls import talk
from motcua.cli.addresses import refuse_wrong_addresses
from motcua.cli.errors import CliError
from motcua.interop.population.adapter import PopulationRegister
from motcua.interop.population.message import Sender
from motcua.kernel.errors import Unavailable
from motcua.kernel.ids import uuid7
from motcua.kernel.time import now
from motcua.notifications.letters import Sealed
from motcua.notifications.outlets import CannotNow, Outgoing, sms
from motcua.parties.registers import Outcome, Question
from motcua.payments.paygov import PayGov
from motcua.payments.ports import Away, CannotNow as NotPaid

WRONG = (
    "proxy.tinh.gov.vn:3128",
    "http://proxy.tinh.gov.vn:abc",
    "http://proxy.tinh.gov.vn:99999",
    "socks5://proxy.tinh.gov.vn:1080",
    "http://",
    "http://proxy..tinh.gov.vn",
    "http://pro xy.tinh.gov.vn",
    "http://[proxy",
    "http://prôxy.tinh.gov.vn:3128",
)


@pytest.mark.parametrize("proxy", WRONG)
def test_a_proxy_that_is_none_is_an_outage_for_every_call(proxy):
    with override_settings(PROXY=proxy, SMS_URL="http://sms.example.gov.vn"):
        with pytest.raises(CannotNow, match="unreachable"):
            sms.send(Outgoing(uuid7(), "sms", Sealed("+84912345678", "", "Ho so."), "vi"))
        platform = PayGov("http://paygov.example.gov.vn", "p", "s")
        with pytest.raises(Away):
            platform.ask("P1", at=now())
        sender = Sender(integration="a", service="b", account="c")
        register = PopulationRegister("http://lgsp.example.gov.vn", sender)
        question = Question(name="Hà Thị May", number="001155000077")
        assert register.ask(question, number="1", officer="1") == (Outcome.SILENT, None)
        identity = {"issuer": "https://sso.example.gov.vn"}
        with override_settings(IDENTITY=identity), pytest.raises(Unavailable), talk():
            pass


@pytest.mark.parametrize("proxy", WRONG)
def test_no_command_begins_with_it_and_what_is_said_holds_no_password(proxy):
    named = proxy.replace("//", "//motcua:matkhau@")
    with override_settings(PROXY=named), pytest.raises(CliError) as refusal:
        refuse_wrong_addresses()
    for said in (refusal.value.vi, refusal.value.en):
        assert said.startswith("MOTCUA_PROXY ")
        assert "matkhau" not in said


def test_every_other_address_is_looked_at():
    for name in ("SMS_URL", "POPULATION_URL"):
        with override_settings(**{name: "sms.tinh.gov.vn"}), pytest.raises(CliError, match=f"MOTCUA_{name}"):
            refuse_wrong_addresses()
    with override_settings(PAY={"url": "paygov.vn"}), pytest.raises(CliError, match="MOTCUA_PAY_URL"):
        refuse_wrong_addresses()
    with override_settings(IDENTITY={"issuer": "x"}), pytest.raises(CliError, match="MOTCUA_IDENTITY_ISSUER"):
        refuse_wrong_addresses()
    with override_settings(PROXY="https://motcua:mat%20khau@[::1]:3128"):
        refuse_wrong_addresses()


def test_a_platform_that_no_request_can_go_to_is_one_payment_s_trouble():
    with pytest.raises(NotPaid):
        PayGov("http://paygov..example.gov.vn", "p", "s").ask("P1", at=now())
