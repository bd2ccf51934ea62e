"""Erasure, backups and snapshots at the centre, as a stranger sees them."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from litestar.testing import TestClient
from sqlalchemy import select

from oirs_central import commands, tables
from oirs_central.api import web
from oirs_central.app import build
from oirs_central.commands import keeping
from oirs_central.ledger import snapshots
from oirs_central.ledger.backup import BackupExists, BackupUnsound, RestoreRefused, check
from oirs_central.ledger.errors import NothingToErase
from oirs_central.settings import Settings
from oirs_core import chain
from oirs_core.domain.events import Adjunto, Anotacion, Anulacion, Respuesta
from oirs_core.domain.folio import Folio
from oirs_core.domain.kinds import Estado
from oirs_core.wire import blob, snapshot
from oirs_core.wire.messages import Group, item_of
from tests.central.conftest import Chance
from tests.support.stranger import filing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from oirs_central.app import Central
    from tests.support.stranger import Counter

    Enrol = Callable[..., Counter]

FEED = "o/SGI/082"
SECRET = "Vive con su madre en Lota"
WHY = "Resolución exenta 77 de 2026"


def folio_of(central: Central, n: int = 1) -> str:
    office = central.ledger.office_config("082")
    assert office is not None
    return Folio.build(office.folio, 2026, "4K2R", n).text


def bodies(central: Central) -> bytes:
    with central.database.reading() as connection:
        rows = connection.execute(select(tables.event.c.body, tables.event.c.salt)).all()
    return b"".join(bytes(body or b"") for body, _ in rows)


def case_with_a_secret(central: Central, counter: Counter) -> str:
    folio = folio_of(central)
    filed = counter.write(filing(folio, SECRET))
    counter.write(Anotacion(SECRET), filed.creates)
    counter.write(Respuesta(SECRET), filed.creates)
    counter.sync()
    return folio


def test_an_erased_case_loses_its_bodies_and_every_chain_holds(enrolled: Enrol, central: Central) -> None:
    counter = enrolled()
    folio = case_with_a_secret(central, counter)
    assert SECRET.encode() in bodies(central)
    notice = central.ledger.erase(folio, WHY)
    assert len(notice.hechos) == 3
    assert SECRET.encode() not in bodies(central)
    assert central.ledger.verify() == []
    assert f'"{folio}","respondida"'.encode() in central.ledger.dump(FEED)
    with pytest.raises(NothingToErase):
        central.ledger.erase(folio, WHY)


def test_the_case_can_be_found_and_worked_on_after_its_filing_was_erased(
    enrolled: Enrol, central: Central
) -> None:
    folio = case_with_a_secret(central, enrolled())
    central.ledger.erase(folio, WHY)
    central.ledger.add(folio, Anotacion("Se informó a la persona."), "centro")
    assert central.ledger.dump(FEED).count(b'"respondida"') == 1


def test_one_event_alone_can_be_erased(enrolled: Enrol, central: Central) -> None:
    counter = enrolled()
    case_with_a_secret(central, counter)
    notice = central.ledger.erase(counter.own[1].h.hex(), WHY)
    assert notice.resto is None
    assert notice.hechos == (counter.own[1].h.hex(),)
    assert bodies(central).count(SECRET.encode()) == 2


def test_what_an_erased_annulment_had_taken_back_stays_so(enrolled: Enrol, central: Central) -> None:
    counter = enrolled()
    folio = case_with_a_secret(central, counter)
    counter.write(Anulacion(counter.own[2].h.hex(), SECRET), counter.own[0].creates)
    counter.sync()
    before = central.ledger.dump(FEED).splitlines()[0]
    assert Estado.INGRESADA.value.encode() in before
    central.ledger.erase(folio, WHY)
    assert Estado.INGRESADA.value.encode() in central.ledger.dump(FEED)


def test_a_counter_that_sends_an_erased_event_again_does_not_bring_it_back(
    enrolled: Enrol, central: Central
) -> None:
    counter = enrolled()
    folio = case_with_a_secret(central, counter)
    central.ledger.erase(folio, WHY)
    for _ in range(2):
        counter.ask(counter.request(counter.own))
    assert SECRET.encode() not in bodies(central)
    assert central.ledger.verify() == []


def test_i13_an_erasure_that_a_restored_centre_forgot_is_done_again_when_it_comes_back(
    enrolled: Enrol, central: Central, tmp_path: Path
) -> None:
    counter = enrolled()
    folio = case_with_a_secret(central, counter)
    copy = tmp_path / "before.sqlite"
    central.backup(copy)
    central.ledger.erase(folio, WHY)
    counter.sync()
    notice = counter.events[counter.office.hashes[-1]]
    settings = Settings(tmp_path / "again", key=central.settings.key_file)
    again = build(settings, lambda: 1, Chance())
    again.restore(copy)
    assert SECRET.encode() in bodies(again)
    with central.database.reading() as connection:
        row = connection.execute(select(tables.event).where(tables.event.c.h == notice.h)).one()
    group = Group(chain.b64(row.log), row.seq, (item_of(notice),), row.seq, chain.b64(row.sig))
    counter.central = again
    counter.ask(counter.request([], groups=(group,)))
    assert SECRET.encode() not in bodies(again)
    assert again.ledger.verify() == []
    again.close()


def test_a_bare_event_is_filled_when_somebody_still_has_its_body(enrolled: Enrol, central: Central) -> None:
    counter = enrolled()
    counter.sync()
    counter.write(filing(folio_of(central), SECRET))
    whole = counter.own[0]
    counter.own[0] = replace(whole, salt=None, body=None)
    counter.sync()
    assert SECRET.encode() not in bodies(central)
    counter.own[0] = whole
    counter.ask(counter.request(counter.own))
    assert SECRET.encode() in bodies(central)
    assert central.ledger.verify() == []


def test_a_backup_counts_only_once_its_copy_was_read_back(
    enrolled: Enrol, central: Central, tmp_path: Path
) -> None:
    counter = enrolled()
    case_with_a_secret(central, counter)
    assert counter.ask().backed == (0, 0)
    copy = tmp_path / "copia de 100% ñ#1.sqlite"
    made = central.backup(copy)
    assert made == check(copy)
    positions = {name: feed.pos for name, feed in counter.feeds.items()}
    assert counter.ask().backed == tuple(positions[name] for name in sorted(positions))
    counter.note("después del respaldo")
    counter.sync()
    assert counter.ask().backed[1] == positions[FEED]
    with pytest.raises(BackupExists):
        central.backup(copy)
    assert list(tmp_path.glob("copia*")) == [copy]


def test_a_damaged_copy_moves_no_mark(enrolled: Enrol, central: Central, tmp_path: Path) -> None:
    counter = enrolled()
    case_with_a_secret(central, counter)
    with central.database.engine.begin() as connection:
        connection.execute(tables.event.update().where(tables.event.c.seq == 2).values(body=b"{}"))
    with pytest.raises(BackupUnsound):
        central.backup(tmp_path / "mala.sqlite")
    assert list(tmp_path.glob("mala*")) == []
    assert counter.ask().backed == (0, 0)


def test_a_backup_can_be_put_back_into_an_empty_centre_only(
    enrolled: Enrol, central: Central, tmp_path: Path
) -> None:
    case_with_a_secret(central, enrolled())
    central.backup(tmp_path / "copia.sqlite")
    again = build(Settings(tmp_path / "again", key=central.settings.key_file), lambda: 1, Chance())
    again.restore(tmp_path / "copia.sqlite")
    assert again.ledger.dump(FEED) == central.ledger.dump(FEED)
    assert again.ledger.verify() == []
    again.close()
    with pytest.raises(RestoreRefused):
        central.restore(tmp_path / "copia.sqlite")


def test_a_fetched_event_comes_with_salt_and_body_unless_it_was_erased(
    enrolled: Enrol, central: Central
) -> None:
    counter, stranger = enrolled(), enrolled(2, "022")
    case_with_a_secret(central, counter)
    wanted = tuple(chain.b64(event.h) for event in counter.own)
    answer = counter.ask(counter.request(fetch=wanted))
    for event, (h, salt, body) in zip(counter.own, answer.bodies, strict=True):
        assert (h, salt) == (chain.b64(event.h), chain.b64(event.salt or b""))
        assert bytes(body) == event.body
    assert stranger.ask(stranger.request(fetch=wanted)).bodies == ()
    central.ledger.erase(counter.own[1].h.hex(), WHY)
    assert len(counter.ask(counter.request(fetch=wanted)).bodies) == 2


def test_i15_an_old_counter_is_warned_and_pushes_on_while_new_kinds_wait(
    enrolled: Enrol, central: Central
) -> None:
    counter = enrolled()
    folio = case_with_a_secret(central, counter)
    central.ledger.erase(folio, WHY)
    old = counter.request(schema=1)
    assert len(counter.ask(old).pages) == 1
    central.ledger.min_schema = 2
    assert counter.ask(old).pages == ()
    assert counter.ask(old).min_schema == 2
    note = counter.note("sigue escribiendo")
    answer = counter.ask(counter.request(schema=1))
    assert (answer.state, answer.durable_seq) == ("ok", note.seq)
    assert len(counter.ask(counter.request(schema=2)).pages) == 1


def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "EVERY", 5)
    monkeypatch.setattr(snapshots, "PAGE_BYTES", 600)


def test_a_new_counter_is_offered_a_file_that_holds_the_pages_of_a_pull(
    enrolled: Enrol, central: Central, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_files(monkeypatch)
    one = enrolled()
    case_with_a_secret(central, one)
    two = enrolled(2)
    (made,) = central.snapshots()
    offered = two.ask(two.request(snapshots=True))
    assert offered.snapshot == (FEED, made.pos, chain.b64(made.sha), made.size)
    assert [page.feed for page in offered.pages] == ["c/SGI"]
    assert two.ask().snapshot is None
    signed = two.key.sign(blob.get_message(two.key.id, made.sha, 0, made.size - 1))
    header = blob.authorization(two.key.id, signed)
    data, span = central.api.snapshots.get(made.sha.hex(), f"bytes=0-{made.size - 1}", header)
    assert span == f"bytes 0-{made.size - 1}/{made.size}"
    path = tmp_path / "copia.osn"
    path.write_bytes(data)
    assert snapshot.digest(path) == made.sha
    snapshot.check(path, two.server_key)
    for page in snapshot.pages(path, FEED):
        two.absorb(offered.__class__(1, 0, "ok", 0, "", (page,)))
    two.sync()
    one.sync()
    assert two.office.links == one.office.links


def test_a_file_is_for_its_own_office_and_goes_when_something_in_it_was_erased(
    enrolled: Enrol, central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_files(monkeypatch)
    counter, other = enrolled(), enrolled(2, "022")
    folio = case_with_a_secret(central, counter)
    (made,) = central.snapshots()

    def ask(who: Counter) -> bytes:
        signed = who.key.sign(blob.get_message(who.key.id, made.sha, 0, 9))
        return central.api.snapshots.get(made.sha.hex(), "bytes=0-9", blob.authorization(who.key.id, signed))[
            0
        ]

    assert ask(counter)[:4] == b"OSN1"
    with pytest.raises(snapshots.SnapshotUnknown):
        ask(other)
    central.ledger.erase(folio, WHY)
    with pytest.raises(snapshots.SnapshotUnknown):
        ask(counter)
    (again,) = central.snapshots()
    folder = central.settings.data / "snapshots"
    assert [path.stem for path in folder.iterdir()] == [again.sha.hex()]


def test_the_bytes_of_a_document_go_with_the_case_that_alone_named_it(
    enrolled: Enrol, central: Central, capsys: pytest.CaptureFixture[str]
) -> None:
    counter = enrolled()
    filed = counter.write(filing(folio_of(central)))
    papers = [b"%PDF-1.7 uno", b"%PDF-1.7 dos"]
    shas = [sha256(paper).digest() for paper in papers]
    for sha, paper in zip(shas, papers, strict=True):
        counter.write(Adjunto(sha.hex(), "application/pdf", len(paper), "cédula.pdf"), filed.creates)
    other = counter.write(filing(folio_of(central, 2)))
    counter.write(Adjunto(shas[1].hex(), "application/pdf", len(papers[1]), "otra.pdf"), other.creates)
    counter.sync()
    for sha, paper in zip(shas, papers, strict=True):
        body = blob.with_crc(paper)
        signed = counter.key.sign(blob.put_message(counter.key.id, sha, 0, body))
        got = central.put_blob(sha.hex(), 0, blob.authorization(counter.key.id, signed), body)
        assert blob.read_stand(got)[2].state == blob.WHOLE
    asked = commands.parse(["erase", folio_of(central), "--reason", WHY])
    assert keeping.erase(asked, central) == 0
    assert "3" in capsys.readouterr().out
    left = {path.name for path in (central.settings.data / "documents").rglob("*") if path.is_file()}
    assert left == {shas[1].hex()}
    assert central.blobs.verify() == []
    assert central.ledger.verify() == []


def test_a_file_is_given_in_ranges_over_http(
    enrolled: Enrol, central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_files(monkeypatch)
    counter = enrolled()
    case_with_a_secret(central, counter)
    (made,) = central.snapshots()
    address = snapshot.PATH + made.sha.hex()
    with TestClient(web(central.api)) as client:
        whole, headers = b"", {}
        for first in range(0, made.size, 500):
            last = min(first + 500, made.size) - 1
            signed = counter.key.sign(blob.get_message(counter.key.id, made.sha, first, last))
            headers = {
                "Range": f"bytes={first}-{last}",
                "Authorization": blob.authorization(counter.key.id, signed),
            }
            answer = client.get(address, headers=headers)
            assert answer.status_code == 206
            whole += answer.content
        assert sha256(whole).digest() == made.sha
        assert client.get(address, headers={"Range": "bytes=0-9"}).status_code == 401
        assert client.get(address, headers={**headers, "Range": "all"}).status_code == 400
        assert client.get(snapshot.PATH + "00" * 32, headers=headers).status_code == 401


def test_i10_an_idle_exchange_stays_small_with_marks_and_a_file_on_offer(
    enrolled: Enrol, central: Central, tmp_path: Path
) -> None:
    counter = enrolled()
    case_with_a_secret(central, counter)
    central.backup(tmp_path / "copia.sqlite")
    request = counter.request(snapshots=True)
    assert counter.ask(request).pages == ()
    frame = counter.frame(request)
    assert (len(frame) < 260, len(central.sync(frame)) < 190) == (True, True)
