"""Puts README.zh-CN.md into the built documentation, with its links turned to the pages beside it."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

NAME = "README.zh-CN.md"
# (link as written at the top of the repository, link inside docs/); what lies outside docs/ is shown as text.
INSIDE = re.compile(r"\]\(docs/")
ENGLISH = re.compile(r"\]\(README\.md\)")
OUTSIDE = re.compile(r"\[([^\]]+)\]\((?!docs/|https?:|#|index\.md)[^)]+\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    text = (Path(config.docs_dir).parent / NAME).read_text(encoding="utf-8")
    text = ENGLISH.sub("](index.md)", text)
    text = OUTSIDE.sub(r"\1", text)
    files.append(File.generated(config, "zh-CN.md", content=INSIDE.sub("](", text)))
    return files
