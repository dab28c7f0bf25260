"""The example that is shipped is what its script makes, and shows what its model says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from frontstage.assess import examples
from frontstage.assess.engines import read_moments
from frontstage.assess.examples import make
from frontstage.assess.model_file import load_model
from frontstage.assess.reading import open_table
from frontstage.measure.pls.estimation import estimate

EXAMPLE = str(Path(examples.__file__).with_name("six-factor.csv"))


@pytest.fixture(scope="module")
def estimated():
    model = load_model("six-factor")
    reading = read_moments(EXAMPLE, model.items, missing_codes=model.missing_codes, scales=model.scales)
    return estimate(model.path_model(), reading.moments)


def test_the_example_is_what_its_script_makes(tmp_path, monkeypatch):
    monkeypatch.setattr(make, "__file__", str(tmp_path / "make.py"))
    make.main()
    assert (tmp_path / "six-factor.csv").read_bytes() == Path(EXAMPLE).read_bytes()


def test_the_example_has_the_items_of_its_model_and_a_few_missing_answers():
    table, model = open_table(EXAMPLE), load_model("six-factor")
    assert table.columns == (*model.items, "district", "weight")
    reading = read_moments(table, model.items, missing_codes=model.missing_codes, scales=model.scales)
    assert reading.read == 300 and 10 < reading.incomplete < 80


def test_every_path_of_the_example_has_the_sign_that_it_should(estimated):
    names = estimated.model.names
    for start, end in estimated.model.paths:
        value = estimated.paths[names.index(start), names.index(end)]
        negative = (start, end) in (("SATI", "COMP"), ("COMP", "LOYA"))
        assert (value < 0) == negative, (start, end, value)


def test_the_districts_of_the_example_differ_noticeably():
    batch = next(open_table(EXAMPLE).batches(["quality_1"], text=["district"], size=300))
    quality, district = batch.values[:, 0], np.array(batch.text["district"])
    quality[quality == -99] = np.nan
    assert np.nanmean(quality[district == "Riverside"]) - np.nanmean(quality[district == "Old Town"]) > 0.8
