"""What the documentation's build does beyond its pages: the Chinese README in the site, generated tables checked."""

from __future__ import annotations

import logging
import re
import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

sys.path.insert(0, str(Path(__file__).parent))

import assess_reference  # beside this file, which is no package
import charter_reference

logger = logging.getLogger("mkdocs.hooks.frontstage")
# Links as written at the top of the repository; what lies outside docs/ is shown as text.
INSIDE = re.compile(r"\]\(docs/")
ENGLISH = re.compile(r"\]\(README\.md\)")
OUTSIDE = re.compile(r"(?<!!)\[([^\]]+)\]\((?!docs/|https?:|#|index\.md)[^)]+\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    text = (Path(config.docs_dir).parent / "README.zh-CN.md").read_text(encoding="utf-8")
    text = OUTSIDE.sub(r"\1", ENGLISH.sub("](index.md)", text))
    files.append(File.generated(config, "zh-CN.md", content=INSIDE.sub("](", text)))
    if not charter_reference.is_up_to_date():
        logger.warning("reference/charter.md differs from the schema: python docs/charter_reference.py")
    if not assess_reference.is_up_to_date():
        logger.warning("reference/assess.md differs from its schemas: python docs/assess_reference.py")
    return files
