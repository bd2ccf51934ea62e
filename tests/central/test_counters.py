"""The counters of an office: listed, told from their copies, turned away; what is replayed does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oirs_central.app import build
from oirs_central.commands import parse, run
from oirs_central.settings import Settings
from oirs_core import chain
from tests.central.conftest import Chance, Clock, office
from tests.support.stranger import Counter, filing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from oirs_central.app import Central

    Enrol = Callable[..., Counter]


def test_r18_the_centre_knows_whose_copies_have_written(enrolled: Enrol, central: Central) -> None:
    one, two = enrolled(1), enrolled(2)
    one.write(filing())
    one.sync()
    copy = one.twin()
    one.note("una")
    copy.note("otra")
    one.sync()
    copy.ask()
    rows = central.auth.counters("o/SGI/082")
    assert [(row.device, row.branches, row.revoked) for row in rows] == [
        (one.key.id, 1, False),
        (two.key.id, 0, False),
    ]


def test_t14_a_counter_that_was_turned_away_is_listed_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    central = build(Settings(tmp_path), Clock(), Chance())
    central.ledger.office(office("082"))
    counter = Counter(central, 1).enrol(central.auth.new_code("o/SGI/082"))
    central.close()

    def command(*words: str) -> tuple[int, str]:
        code = run(
            parse([*words, "--data", str(tmp_path)]), lambda: build(Settings(tmp_path), Clock(), Chance())
        )
        return code, capsys.readouterr().out

    device = chain.b64(counter.key.id)
    assert device in command("counters", "082")[1]
    assert command("revoke", device)[0] == 0
    assert command("counters", "082")[1].rstrip().endswith("retirado")
    assert command("revoke", chain.b64(bytes(8)))[0] != 0


def test_i4_a_replayed_request_changes_nothing_however_old_it_is(enrolled: Enrol, central: Central) -> None:
    counter = enrolled()
    counter.write(filing())
    old = counter.frame(counter.request(groups=(counter.group(counter.own),)))
    central.sync(old)
    counter.sync()
    counter.write(filing())
    counter.sync()
    before = central.ledger.dump("o/SGI/082")
    for _ in range(3):
        central.sync(old)
    assert central.ledger.dump("o/SGI/082") == before
    assert central.ledger.verify() == []
