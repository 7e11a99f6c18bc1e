"""What becomes of a test for which Nova cannot be installed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NoReturn

import pytest


def unavailable(problem: Exception, variables: Mapping[str, str] = os.environ) -> NoReturn:
    """Skip, or fail where CI is set to true and everything has to be there."""
    text = f"Nova was not asked: {problem}"
    if variables.get("CI") == "true":
        pytest.fail(text, pytrace=False)
    pytest.skip(text)
