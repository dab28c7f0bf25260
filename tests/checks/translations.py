"""Every text of the sources is in the Simplified Chinese catalogue, translated, and in the compiled one.

Reads Python and templates itself, so that GNU gettext need not be installed. Texts that only JavaScript has
are handed to it by the page, and so are in Python too.
"""

from __future__ import annotations

import ast
import gettext
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

SOURCES = Path(__file__).resolve().parent.parent.parent / "src" / "frontstage"
CATALOGUE = SOURCES / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
# name -> (position of the context, positions of the texts)
CALLS: dict[str, tuple[int | None, tuple[int, ...]]] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (None, (0,))),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, (0, 1))),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, (1,))),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, (1, 2))),
}
CALL_IN_TEMPLATE = re.compile(r"\b(n?p?gettext|_)\(")
PLACES = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|%[sd]")

Text = tuple[str | None, str]  # context, text in the singular


def texts_of_python(path: Path) -> Iterator[tuple[Text, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and (found := _text_of(node)):
            yield found, f"{path.relative_to(SOURCES)}:{node.lineno}"


def _text_of(call: ast.Call) -> Text | None:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if name not in CALLS:
        return None
    context, (first, *_rest) = CALLS[name]
    asked = [argument.value if isinstance(argument, ast.Constant) else None for argument in call.args]
    if len(asked) <= first or not isinstance(asked[first], str):
        return None
    return (asked[context] if context is not None else None), asked[first]


def texts_of_template(path: Path) -> Iterator[tuple[Text, str]]:
    pseudo_python = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for begin in CALL_IN_TEMPLATE.finditer(pseudo_python):
        call = _call_at(pseudo_python, begin.start())
        if call is not None and (found := _text_of(call)):
            line = pseudo_python.count("\n", 0, begin.start()) + 1
            yield found, f"{path.relative_to(SOURCES)}:{line}"


def _call_at(text: str, begin: int) -> ast.Call | None:
    """The shortest piece from ``begin`` on that is a whole call."""
    end = begin
    while (end := text.find(")", end) + 1) and end - begin < 5000:
        try:
            parsed = ast.parse(text[begin:end], mode="eval").body
        except SyntaxError:
            continue
        return parsed if isinstance(parsed, ast.Call) else None
    return None


def texts() -> dict[Text, str]:
    """Every text that is marked for translation, and the first place where."""
    found: dict[Text, str] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        if "migrations" not in path.parts:
            for text, place in texts_of_python(path):
                found.setdefault(text, place)
    for path in sorted([*SOURCES.rglob("templates/**/*.html"), *SOURCES.rglob("templates/**/*.txt")]):
        for text, place in texts_of_template(path):
            found.setdefault(text, place)
    found.pop((None, ""), None)
    return found


def problems() -> list[str]:
    if not CATALOGUE.exists():
        return [f"{CATALOGUE} is missing"]
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="zh_Hans")
    return [*_untranslated(catalogue), *_misplaced(catalogue), *_not_compiled(catalogue)]


def _untranslated(catalogue: Catalog) -> Iterator[str]:
    for (context, text), place in texts().items():
        message = catalogue.get(text, context)
        written = message.string if message is not None else None
        if message is None:
            yield f"{place}: not in the catalogue: {text!r}"
        elif "fuzzy" in message.flags or not (all(written) if isinstance(written, tuple) else written):
            yield f"{place}: not translated: {text!r}"


def _misplaced(catalogue: Catalog) -> Iterator[str]:
    """A place for a value that only one of the two languages has would fail, or show its name, on the
    page."""
    for message in catalogue:
        if not message.id or not message.string:
            continue
        asked = message.id if isinstance(message.id, tuple) else (message.id,)
        written = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set(PLACES.findall(" ".join(asked)))
        for translation in written:
            if translation and (wrong := set(PLACES.findall(translation)) - wanted):
                yield f"{CATALOGUE.name}:{message.lineno}: {', '.join(sorted(wrong))} is not in {asked[0]!r}"


def _not_compiled(catalogue: Catalog) -> Iterator[str]:
    compiled_file = CATALOGUE.with_suffix(".mo")
    if not compiled_file.exists():
        yield f"{compiled_file.name} is missing: compile the catalogue and commit it"
        return
    with compiled_file.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    stale = [message.id for message in catalogue if message.id and not _is_in(compiled, message)]
    if stale:
        example = f"{len(stale)} texts differ, such as {stale[0]!r}"
        yield f"{compiled_file.name} is not compiled from {CATALOGUE.name}: {example}"


def _is_in(compiled: gettext.GNUTranslations, message: object) -> bool:
    ids, written, context = message.id, message.string, message.context  # type: ignore[attr-defined]
    first = ids[0] if isinstance(ids, tuple) else ids
    wanted = written[0] if isinstance(written, tuple) else written
    if not wanted or "fuzzy" in message.flags:  # type: ignore[attr-defined]
        return True
    if isinstance(ids, tuple):
        found = compiled.npgettext(context, *ids, 1) if context else compiled.ngettext(*ids, 1)
    else:
        found = compiled.pgettext(context, first) if context else compiled.gettext(first)
    return found == wanted


if __name__ == "__main__":
    settings.configure(USE_I18N=True)
    wrong = list(problems())
    print("\n".join(wrong))
    sys.exit(bool(wrong))
