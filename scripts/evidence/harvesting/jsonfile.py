"""JSON that people can review: a leaf that fits stands on one line, everything else is indented."""

from __future__ import annotations

import json
import textwrap
from typing import Any

WIDTH = 150


def dump(value: Any) -> str:
    return _text(value, 0) + "\n"


def _text(value: Any, depth: int) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value:
        return flat
    entries = isinstance(value, list) and any(isinstance(item, dict) for item in value)
    # The file itself and its lists of entries are always broken, so that one entry more changes one line.
    if depth and not entries and len(flat) + 2 * depth <= WIDTH:
        return flat
    pad, end = "  " * (depth + 1), "  " * depth
    if isinstance(value, list) and not any(isinstance(item, dict | list) for item in value):
        words = textwrap.wrap(flat[1:-1], WIDTH - len(pad), break_long_words=False, break_on_hyphens=False)
        plain = all(not isinstance(item, str) or " " not in item for item in value)
        if plain:
            return "[\n" + "\n".join(pad + line for line in words) + f"\n{end}]"
    if isinstance(value, list):
        lines = [pad + _text(item, depth + 1) for item in value]
        return "[\n" + ",\n".join(lines) + f"\n{end}]"
    lines = [
        f"{pad}{json.dumps(key, ensure_ascii=False)}: {_text(item, depth + 1)}" for key, item in value.items()
    ]
    return "{\n" + ",\n".join(lines) + f"\n{end}}}"
