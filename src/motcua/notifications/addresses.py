"""Addresses that a message can go to, out of what was typed at a desk."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


def mobile(typed: str) -> str:
    """The number as gateways take it (+84912345678); "" for what is no number of a mobile telephone."""
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
