"""Template tags, forms, built files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from frontstage.config.composition import NAVIGATION
from frontstage.web.assets import asset_url, has_icon
from frontstage.web.charts import table_of

SOURCES = Path(settings.BASE_DIR)
ICON = re.compile(r"{%\s*(?:icon|empty) \"([\w-]+)\"")


def draw(template: str, /, **values: object) -> str:
    return Template(template).render(Context(values))


def test_every_icon_that_a_template_names_was_built() -> None:
    named = {
        (name, path.name)
        for path in SOURCES.rglob("templates/**/*.html")
        for name in ICON.findall(path.read_text())
    }
    named |= {(icon, "composition.py") for _url, _label, icon, _capability in NAVIGATION}
    for charter in SOURCES.glob("charters/library/*.yaml"):
        named |= {(name, charter.name) for name in re.findall(r"icon: ([\w-]+)", charter.read_text())}
    assert [one for one in sorted(named) if not has_icon(one[0])] == []


def test_an_unknown_icon_draws_a_point_and_not_an_error() -> None:
    assert "<svg" in draw('{% icon "no-such-icon" %}')


def test_every_built_file_lies_where_the_manifest_says() -> None:
    manifest = json.loads((settings.STATIC_FOLDER / "dist" / "manifest.json").read_text())
    for name in manifest["files"]:
        assert (settings.STATIC_FOLDER / asset_url(name).removeprefix(settings.STATIC_URL)).exists()


def test_no_template_carries_a_style_or_a_script_of_its_own() -> None:
    offending = re.compile(r"\sstyle=|\son(click|load|change|submit)=|<script>|<style")
    found = [p.name for p in SOURCES.rglob("templates/**/*.html") if offending.search(p.read_text())]
    assert found == []


def test_bilingual_text_is_read_in_the_reader_s_language() -> None:
    text = {"en": "Gas leak", "zh": "燃气泄漏"}
    with translation.override("zh-hans"):
        assert draw("{{ text|tr }}", text=text) == "燃气泄漏"
    with translation.override("en"):
        assert draw("{{ text|tr }}", text=text) == "Gas leak"
        assert draw("{{ text|tr }}", text=7) == "7"


def test_a_badge_escapes_what_it_says() -> None:
    assert "&lt;b&gt;" in draw('{% badge "info" text %}', text="<b>")


def test_an_empty_state_has_a_title_a_reason_and_a_way_on() -> None:
    drawn = draw('{% empty "inbox" "No cases" "All done." %}<a href="/x">Open one</a>{% endempty %}')
    assert "No cases" in drawn
    assert "All done." in drawn
    assert '<a href="/x">' in drawn
    with pytest.raises(TemplateSyntaxError):
        draw('{% empty "inbox" %}{% endempty %}')


def test_a_chart_stands_beside_a_table_of_its_figures() -> None:
    option = {
        "xAxis": {"type": "category", "data": ["Empathy", "Assurance"]},
        "yAxis": {"type": "value"},
        "series": [{"name": "Gap", "type": "bar", "data": [-0.5, {"value": -1, "href": "/x"}]}],
    }
    with translation.override("en"):
        assert table_of(option) == {"head": ["", "Gap"], "rows": [["Empathy", "-0.50"], ["Assurance", "-1"]]}
        drawn = draw('{% chart "gaps" option "Gap by dimension" %}', option=option)
    assert 'role="img" aria-label="Gap by dimension"' in drawn
    assert "<caption>Gap by dimension</caption>" in drawn


def test_a_chart_cannot_break_out_of_its_script() -> None:
    drawn = draw('{% chart "x" option "c" %}', option={"series": [{"name": "</script><b>", "data": []}]})
    assert "</script><b>" not in drawn


class Report(forms.Form):
    address = forms.CharField(label="Address", help_text="Street and door")
    agreed = forms.BooleanField(label="Agreed")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")], widget=forms.RadioSelect)


def test_a_field_ties_label_help_and_error_to_its_input() -> None:
    with translation.override("en"):
        drawn = str(Report({})["address"].as_field_group())
    assert '<label class="form-label" for="id_address">' in drawn
    assert 'aria-invalid="true"' in drawn
    for part in re.search(r'aria-describedby="([^"]+)"', drawn)[1].split():  # type: ignore[index]
        assert f'id="{part}"' in drawn


def test_several_inputs_of_one_question_have_a_legend() -> None:
    drawn = str(Report()["kind"].as_field_group())
    assert "<fieldset" in drawn
    assert "<legend" in drawn
