"""The real data and what is published from it, made once for all tests that look at it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from novastatus import exports, schema
from novastatus.load import DEFAULT_PATH, load
from novastatus.model import Catalog

ROOT = Path(__file__).resolve().parent.parent
DATASET = "schema/v1/dataset.schema.json"


@cache
def catalog() -> Catalog:
    """The facts of ``data/statuses.yaml``."""
    return load(ROOT / DEFAULT_PATH).catalog


@cache
def files() -> dict[str, bytes]:
    """Every file of the machine contract: path from the site's root to its bytes."""
    return {**exports.files(catalog()), **schema.files(catalog())}


def read(path: str) -> Any:
    """The JSON at ``path``."""
    return json.loads(files()[path])


def payloads() -> list[str]:
    """The paths of all files that are no schemas."""
    return [path for path in files() if path.startswith("api/")]


def write_to(folder: Path) -> Path:
    """All files below ``folder``, as on a web server."""
    for path, content in files().items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder
