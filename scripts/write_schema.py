"""Write the schema of ``data/statuses.yaml``, for editors, beside it."""

from __future__ import annotations

import sys
from pathlib import Path

from novastatus.load import DEFAULT_PATH, load
from novastatus.problems import DataError
from novastatus.schema import EDITOR_PATH, editor_schema


def main(path: str = DEFAULT_PATH, target: str = EDITOR_PATH) -> int:
    """The exit code: 0 when ``target`` holds the schema of the facts at ``path``."""
    try:
        Path(target).write_bytes(editor_schema(load(path).catalog))
    except DataError as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
