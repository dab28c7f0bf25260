"""Telephones and addresses."""

from __future__ import annotations

import pytest

from frontstage.customers.errors import BadTelephone
from frontstage.customers.rules import readable_telephone, same_address, telephone


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("138 0013 8000", "+8613800138000"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("010-8888 9999", "+861088889999"),
    ],
)
def test_a_number_is_kept_in_one_form_however_it_is_written(written: str, kept: str) -> None:
    assert telephone(written) == kept


@pytest.mark.parametrize("written", ["", "12", "call me", "138 0013"])
def test_what_cannot_be_called_is_refused(written: str) -> None:
    with pytest.raises(BadTelephone):
        telephone(written)


def test_a_number_is_read_as_people_of_the_country_write_it() -> None:
    assert readable_telephone("+8613800138000") == "138 0013 8000"
    assert readable_telephone("+33612345678") == "+33 6 12 34 56 78"


def test_addresses_that_differ_in_spaces_and_signs_are_one() -> None:
    assert same_address("滨江路 12号 3-201", "滨江路12号3201")
    assert not same_address("滨江路12号", "滨江路13号")
