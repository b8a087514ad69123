"""What is doubtful about announced fees, and the rules somebody made of them. Pure."""

from collections.abc import Iterable
from decimal import Decimal

from motcua.catalogue.national import reading_rules as rules
from motcua.catalogue.national.filling import Document, filled, folded
from motcua.catalogue.national.findings import FindingKind as Kind
from motcua.catalogue.national.making import Making
from motcua.catalogue.national.record import Fee, Time
from motcua.catalogue.national.values import FeeAs, FeeValue
from motcua.catalogue.reading import DECIMAL, fault
from motcua.catalogue.shapes import SetBy

_THOUSAND = 1000


class Charges:
    """The fees of one record: one finding, and one rule, for a fee that stands alike on several channels."""

    def __init__(self, making: Making) -> None:
        self._ruled: dict[Fee, str] = {}
        seen: set[Fee] = set()
        for i, way in enumerate(making.record.ways):
            for j, time in enumerate(way.times):
                for k, fee in enumerate(time.fees):
                    told = _told(fee)
                    if told not in seen:
                        self._look(making, told, f"CACHTHUCTHUCHIEN[{i}].THOIGIAN[{j}].PHILEPHI[{k}]")
                    seen.add(told)

    def _look(self, making: Making, fee: Fee, where: str) -> None:
        doubt = _doubt(fee)
        if doubt is None:
            return
        text = " ".join(part for part in (fee.amount, fee.currency, fee.text) if part)
        value = making.find(doubt, where, text)
        if value is None:
            return
        code = f"f{len(making.fees) + 1}"
        making.fees.append(_rule(making, code, value, fee))
        self._ruled[fee] = code

    def rules(self, fee: Fee) -> bool:
        """Whether somebody decided what `fee` is."""
        return _told(fee) in self._ruled

    def codes(self, times: Iterable[Time]) -> list[str]:
        """The rules of the fees that stand beside `times`."""
        found = (self._ruled.get(_told(fee), "") for time in times for fee in time.fees)
        return list(dict.fromkeys(code for code in found if code))


def _told(fee: Fee) -> Fee:
    return Fee("", fee.amount, fee.currency, fee.text)


def _rule(making: Making, code: str, value: FeeValue, fee: Fee) -> Document:
    is_local = value.means is FeeAs.PROVINCE
    return filled(
        code=code,
        name={"vi": value.name},
        nature=value.nature.value,
        set_by=(SetBy.PROVINCIAL_COUNCIL if is_local else SetBy.LAW).value,
        unit=value.unit.value,
        basis=value.basis,
        amounts=None if is_local else [{"value": _amount(value, fee)}],
        when=making.question(value.asked) if value.asked else None,
    )


def _amount(value: FeeValue, fee: Fee) -> int:
    if value.means is FeeAs.FREE:
        return 0
    if value.means is FeeAs.AMOUNT:
        if value.amount is None or value.amount <= 0:
            raise fault("amount", "hãy ghi số tiền lớn hơn 0", "state an amount above 0")
        return value.amount
    if fee.currency and folded(fee.currency) not in rules.DONG:
        raise fault(
            "means",
            "bản công bố không ghi bằng đồng; hãy ghi số tiền bằng đồng",
            "the announcement is not in đồng; state the amount in đồng",
        )
    stated = _stated(fee)
    if stated is None or stated <= 0:
        raise fault(
            "means",
            "bản công bố không ghi số tiền nào để giữ; hãy ghi số tiền",
            "the announcement states no amount to keep; state one",
        )
    whole = stated * (_THOUSAND if value.means is FeeAs.THOUSANDS else 1)
    if whole != whole.to_integral_value():
        raise fault("means", "số tiền có phần lẻ; hãy ghi số tiền", "the amount is a fraction; state one")
    return int(whole)


def _stated(fee: Fee) -> Decimal | None:
    return Decimal(fee.amount) if DECIMAL.fullmatch(fee.amount) else None


def _doubt(fee: Fee) -> Kind | None:
    names_amount = bool(rules.NAMES_AMOUNT.search(fee.text.casefold()))
    if not fee.amount:
        return Kind.FEE_UNREAD if fee.text else None
    amount = _stated(fee)
    if amount is None:
        return Kind.FEE_UNREAD
    if amount == 0:
        return (Kind.FEE_IN_TEXT if names_amount else Kind.FEE_WORDS) if fee.text else None
    if folded(fee.currency) not in rules.DONG:
        return Kind.FEE_CURRENCY
    return Kind.FEE_SMALL if amount < rules.SMALLEST_AMOUNT else None
