"""Addresses that a message can go to, out of what was typed at a desk."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


HERE = "+84"


def mobile(typed: str) -> str:
    """The number as gateways take it (+84912345678); "" for what is no number of a mobile telephone of this country,
    which alone gets text messages."""
    number = _number(typed)
    return number if number.startswith(HERE) else ""


def abroad(typed: str) -> str:
    """The number of a mobile telephone of another country, which is called and gets no text message; "" for none."""
    number = _number(typed)
    return "" if number.startswith(HERE) else number


def _number(typed: str) -> str:
    try:
        number = phonenumbers.parse(typed, "VN")
    except NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) not in _MOBILE:
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def mail_address(typed: str) -> str:
    """The e-mail address; "" for what is none."""
    try:
        validate_email(typed.strip())
    except ValidationError:
        return ""
    return typed.strip()
