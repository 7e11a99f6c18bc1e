"""One running Nova for all the tests of this folder."""

from __future__ import annotations

import pytest
from evidence import environment, live
from missing_nova import unavailable
from novastatus.load import load
from novastatus.model import Catalog


@pytest.fixture(scope="session")
def asked() -> live.Answers | Exception:
    """Nova's answers, or why it could not be installed. A Nova that is installed and breaks is an error."""
    try:
        return live.ask()
    except environment.EnvironmentFailed as problem:
        return problem


@pytest.fixture
def answers(asked: live.Answers | Exception) -> live.Answers:
    if isinstance(asked, Exception):
        unavailable(asked)
    return asked


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load().catalog
