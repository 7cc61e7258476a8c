"""Programs that some tests need and that do not come with the Python packages: .ci/run installs them."""

import os

import pytest


def need(is_there, message):
    """Skip where a program is missing; in CI that is a failure, so that no test is lost unseen."""
    if is_there:
        return
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
