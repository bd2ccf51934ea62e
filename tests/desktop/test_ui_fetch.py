"""A document that lies on another counter: fetched when somebody wants to see it, with a way out."""

from __future__ import annotations

import threading
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from oirs_core.domain.events import Adjunto
from oirs_desktop.sync.errors import DocumentAway
from oirs_desktop.sync.fetch import Fetcher
from oirs_desktop.ui.case.caso import Caso
from tests.support.keys import Key
from tests.support.papers import scan, written
from tests.support.stage import Stage, open_case

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

PNG = written(scan(1, (620, 877)), "PNG")


class SlowLine:
    """Gives ranges of one document, each when the test lets it go."""

    def __init__(self) -> None:
        self.gate = threading.Semaphore(0)
        self.given: list[int] = []
        self.away = False

    def put_blob(self, sha: str, offset: int, authorization: str, body: bytes) -> bytes:
        raise AssertionError(sha, offset, authorization, body)

    def get_blob(self, sha: str, first: int, last: int, authorization: str) -> bytes:
        if self.away:
            raise DocumentAway
        assert self.gate.acquire(timeout=10)
        assert (sha, bool(authorization)) == (sha256(PNG).hexdigest(), True)
        self.given.append(first)
        return PNG[first : last + 1]


@pytest.fixture
def line() -> SlowLine:
    return SlowLine()


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path, line: SlowLine) -> Iterator[Stage]:
    with open_case(qtbot, tmp_path) as opened:
        office = opened.office
        documents = office.counter.documents
        assert documents is not None
        documents.fetcher = Fetcher(documents.vault.coming, line, office.made.key)
        documents.fetcher.chunk = len(PNG) // 3 + 1
        documents.fetcher.timer = iter(range(0, 10**6, 4)).__next__  # 4 s a piece: all alike
        entity = opened.case().id
        office.desk.add(entity, Adjunto(sha256(PNG).hexdigest(), "image/png", len(PNG), "carnet.png"))
        office.deliver()
        opened.show_case(opened.case())
        opened.page(Caso).refresh(frozenset({entity}))
        opened.rest()
        yield opened
        line.gate.release(9)


def look(stage: Stage) -> Caso:
    caso = stage.page(Caso)
    caso.timeline.looked.emit(stage.case().attachments[0])
    return caso


def test_a_document_of_another_counter_is_fetched_and_shown(stage: Stage, line: SlowLine) -> None:
    texts = [story.text for story in stage.page(Caso).timeline.stories if story.paper]
    assert texts == [
        "Sin cotejar con el original. El archivo lo tiene otro equipo o la central: se trae al verlo."
    ]
    caso = look(stage)
    assert "Se trae de la central: 0 % de" in caso.viewer.said.text()
    line.gate.release()
    stage.until(lambda: " 33 % de" in caso.viewer.said.text())
    line.gate.release(2)
    stage.until(lambda: not caso.viewer.picture.image.isNull())
    documents = stage.office.counter.documents
    assert documents is not None
    assert documents.vault.get(sha256(PNG).hexdigest()) == PNG


def test_esc_stops_it_and_the_next_look_goes_on(stage: Stage, line: SlowLine) -> None:
    caso = look(stage)
    line.gate.release()
    stage.until(lambda: " 33 % de" in caso.viewer.said.text())
    stage.keys.press(Key.Key_Escape)
    assert not caso.viewer.isVisible()
    line.gate.release()
    stage.until(lambda: stage.tasks.idle)
    look(stage)
    stage.until(lambda: " 66 % de" in caso.viewer.said.text())
    line.gate.release()
    stage.until(lambda: not caso.viewer.picture.image.isNull())
    assert len(line.given) == 3


def test_a_document_that_is_not_at_the_centre_yet_is_said_to_come(stage: Stage, line: SlowLine) -> None:
    line.away = True
    caso = look(stage)
    stage.until(lambda: "todavía no llega a la central" in caso.viewer.said.text())
