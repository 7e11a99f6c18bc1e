"""What is published, in a folder and on a server of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from published import write_to
from serve_static import serving
from tools import need_packages


@pytest.fixture(scope="session")
def published_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All files of the machine contract."""
    return write_to(tmp_path_factory.mktemp("published"))


@pytest.fixture(scope="session")
def published_site(published_folder: Path) -> Iterator[str]:
    """The address at which they are served."""
    with serving(published_folder) as address:
        yield address


@pytest.fixture
def node_folder(tmp_path: Path) -> Path:
    """An empty folder in which Node finds our packages."""
    (tmp_path / "node_modules").symlink_to(need_packages(), target_is_directory=True)
    return tmp_path
