"""The life of the one whom nobody must find, made once for all tests of a module that look at it; and the logs."""

import copy
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from tests.pen_names.life import Life
from tests.pen_names.listening import Listening


@pytest.fixture(scope="module")
def kept_life(kept_rows, tmp_path_factory: pytest.TempPathFactory) -> tuple[Life, Path]:
    folder = tmp_path_factory.mktemp("life")
    with override_settings(MEDIA_ROOT=folder):
        return Life(), folder


@pytest.fixture
def life(kept_life: tuple[Life, Path], settings) -> Life:
    """Give that life, with its pictures in this test's own folder."""
    life, folder = kept_life
    shutil.copytree(folder, settings.MEDIA_ROOT)
    return copy.deepcopy(life)


@pytest.fixture
def log() -> Iterator[Listening]:
    """Hear every log at its finest, also those that don't pass on what they hear."""
    ear = Listening()
    loggers = [logging.getLogger(), logging.getLogger("django")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(ear)
        logger.setLevel(logging.DEBUG)
    yield ear
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(ear)
        logger.setLevel(level)
