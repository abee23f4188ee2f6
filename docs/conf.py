"""Build the documentation; the reference of the vocabulary is written anew from the data files each time."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from generate_words import generate  # noqa: E402

generate(HERE / "reference" / "words")

project = "Zicht"
author = "The makers of Zicht"
language = "en"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
nitpicky = True
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "Zicht"
html_show_sphinx = False
# Pages are read on machines that reach nothing outside: what furo and Sphinx need lies beside them.
html_copy_source = False
html_show_sourcelink = False
