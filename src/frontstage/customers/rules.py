"""Pure decisions about customers."""

from __future__ import annotations

import re

import phonenumbers

from frontstage.customers.errors import BadTelephone


def telephone(value: str, *, region: str = "CN") -> str:
    """The number in E.164. ``region`` is assumed where no country code is written. Raises BadTelephone."""
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException as error:
        raise BadTelephone(value=value) from error
    if not phonenumbers.is_valid_number(number):
        raise BadTelephone(value=value)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def readable_telephone(value: str, *, region: str = "CN") -> str:
    """E.164 as people of the region write it; anything else unchanged."""
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return value
    form = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if phonenumbers.region_code_for_number(number) == region
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(number, form)


def same_address(one: str, other: str) -> bool:
    """Whether two addresses differ in spaces, punctuation and case only."""
    return _bare(one) == _bare(other)


def _bare(address: str) -> str:
    return re.sub(r"[\W_]+", "", address).lower()
