"""The code on the identity card: samples, check digits, and keyboards that garble it."""

from __future__ import annotations

import base64
import csv
import re
from pathlib import Path

import pytest

from oirs_core.domain import cedula, layout
from oirs_core.domain.cedula import Card, Cedula, parse
from oirs_core.domain.errors import CedulaRefused
from oirs_core.signature import PaperCode, ReceiptFacts, SigningKey
from tests.support.scans import LAYOUTS, garble

TABLE = Path(__file__).parents[1] / "data/cedula_qr_samples.csv"
SAMPLES = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
XKB = Path("/usr/share/X11/xkb/symbols")
BASE = "https://portal.sidiv.registrocivil.cl/docstatus?RUN=33100009-4"
WHOLE = f"{BASE}&type=CEDULA&serial=599000101&mrz=599000101985031493103142"


def payload(row: dict[str, str]) -> str:
    return base64.b64decode(row["payload_base64_latin1"]).decode("latin-1")


def reason(text: str) -> object:
    with pytest.raises(CedulaRefused) as refused:
        parse(text)
    return refused.value.data["reason"]


@pytest.mark.parametrize("caps", [False, True], ids=["", "caps"])
@pytest.mark.parametrize("keyboard", LAYOUTS)
@pytest.mark.parametrize("row", SAMPLES, ids=lambda row: row["id"])
def test_every_sample_is_read_on_every_keyboard(row: dict[str, str], keyboard: str, caps: bool) -> None:
    read = parse(garble(payload(row), keyboard, caps=caps))
    name = " ".join(f"{read.nombres} {read.apellidos}".split())
    assert str(read.run) == row["run"]
    assert name == " ".join(row["nombre_o_apellido"].split())
    assert read.kind == row["tipo"]
    assert read.partial == (row["lectura_esperada"] == "parcial")


def test_nothing_but_run_and_name_is_kept() -> None:
    assert set(Cedula.__slots__) == {"run", "nombres", "apellidos", "kind", "partial"}
    for row in SAMPLES:
        kept = repr(parse(payload(row)))
        assert row["serie"] not in kept
        assert "PC1" not in kept


@pytest.mark.parametrize("place", range(24))
def test_a_wrong_symbol_in_the_machine_readable_line_is_noticed(place: int) -> None:
    mrz = "599000101985031493103142"
    wrong = mrz[:place] + str((int(mrz[place]) + 1) % 10) + mrz[place + 1 :]
    assert reason(WHOLE.replace(mrz, wrong)) == "check"


def test_a_wrong_run_a_lost_end_and_a_stranger_are_told_apart() -> None:
    assert reason(WHOLE.replace("33100009-4", "33100009-5")) == "run"
    assert reason(WHOLE[:30]) == "short"
    assert reason(f"{BASE[:-1]}") == "short"
    assert reason("https://example.cl/docstatus?RUN=33100009-4") == "shape"
    assert reason("https://registrocivil.cl.example.com/docstatus?RUN=33100009-4") == "shape"
    assert reason("12345678-5") == "shape"
    assert reason("") == "shape"


def test_the_older_path_is_read() -> None:
    old = "https://portal.sidiv.registrocivil.cl/usuarios-portal/pages/DocumentRequestStatus.xhtml"
    read = parse(f"{old}?RUN=33100009-4&type=PASAPORTE_PG&serial=599000101\r\n")
    assert (str(read.run), read.kind, read.partial) == ("33100009-4", Card.PASAPORTE_PG, False)


def test_the_name_becomes_the_form_s_names() -> None:
    named = f"{WHOLE}&name=MAR%CDA%20JOS%C9%20%20DE%20LA%20FUENTE%20IB%C1%D1EZ"
    person = parse(named).persona
    assert person.full_name == "María José de la Fuente Ibáñez"
    assert person.apellido_materno == "Ibáñez"
    assert parse(named[:-4]).nombres == "MARÍA JOSÉ"
    assert parse(f"{WHOLE}&name=ANA%20%20SOTO%20IB%C").partial
    assert parse(f"{WHOLE}&name=ANA%20MAR%C3%8DA").nombres == "ANA MARÍA"


@pytest.mark.parametrize("pad", ["", " ", "\r"])
def test_an_old_card_is_read_when_the_scanner_changes_what_pads_it(pad: str) -> None:
    text = payload(SAMPLES[7]).replace("\x00", pad)
    assert parse(text).apellidos == "ÁLAMOS"
    assert parse(text.replace("LAMOS", "L?MOS")).apellidos == ""


def test_an_old_card_cut_short_still_gives_its_run() -> None:
    read = parse(payload(SAMPLES[7])[:24])
    assert (str(read.run), read.apellidos, read.partial) == ("34100003-3", "", True)


def test_a_check_digit_is_that_of_the_standard() -> None:
    assert cedula.check_digit("L898902C3") == "6"  # the specimen of ICAO 9303 part 4
    assert cedula.check_digit("740812") == "2"


@pytest.mark.parametrize("caps", [False, True], ids=["", "caps"])
@pytest.mark.parametrize("keyboard", LAYOUTS)
def test_a_receipt_is_read_on_every_keyboard(keyboard: str, caps: bool) -> None:
    for number in range(8):  # enough for each sign of base64url to come up
        facts = ReceiptFacts("8K6A2RT0042Y", "K7PM", "2026-11-26", "104", bytes([number]) * 32)
        code = PaperCode.make("https://oirs-sgi.example/a", facts, SigningKey(bytes([number]) * 32))
        assert str(code) in layout.readings(garble(str(code), keyboard, caps=caps))


NAMES = {
    "exclam": "!", "at": "@", "numbersign": "#", "dollar": "$", "percent": "%", "asciicircum": "^",
    "ampersand": "&", "asterisk": "*", "parenleft": "(", "parenright": ")", "minus": "-",
    "underscore": "_", "equal": "=", "plus": "+", "bracketleft": "[", "bracketright": "]",
    "braceleft": "{", "braceright": "}", "semicolon": ";", "colon": ":", "apostrophe": "'",
    "quotedbl": '"', "comma": ",", "less": "<", "period": ".", "greater": ">", "slash": "/",
    "question": "?", "grave": "`", "asciitilde": "~", "backslash": "\\", "bar": "|", "ntilde": "ñ",
    "Ntilde": "Ñ", "exclamdown": "¡", "questiondown": "¿", "periodcentered": "·", "masculine": "º",
    "ordfeminine": "ª", "ccedilla": "ç", "Ccedilla": "Ç", "degree": "°",
}  # fmt: skip


def keys(name: str, part: str) -> dict[tuple[str, int], str]:
    """Give (key, level) to character from the installed layout, with what it includes."""
    text = (XKB / name).read_text(encoding="utf-8")
    block = text.split(f'xkb_symbols "{part}"', 1)[1].split("\n};", 1)[0]
    found: dict[tuple[str, int], str] = {}
    for line in block.splitlines():
        include = re.search(r'include "(\w+)(?:\((\w+)\))?"', line)
        if include and include[1] == "latin":
            found |= keys("latin", include[2] or "basic")
        key = re.search(r"key <(\w+)>\s*{\s*\[([^\]]+)\]", line)
        if key:
            symbols = [symbol.strip() for symbol in key[2].split(",")][:2]
            found |= {(key[1], n): NAMES.get(s, s if len(s) == 1 else "") for n, s in enumerate(symbols)}
    return found


@pytest.mark.skipif(not XKB.is_dir(), reason="no keyboard layouts are installed here")
@pytest.mark.parametrize(("name", "table"), [("es", layout.SPANISH), ("latam", layout.LATIN)])
def test_the_tables_are_those_of_the_installed_layouts(name: str, table: tuple[str, str]) -> None:
    own, theirs = keys("us", "basic"), keys(name, "basic")
    assert len(own) == 94
    pressed = {symbol: theirs[key] for key, symbol in own.items()}
    carried = dict(zip(*table, strict=True))
    for symbol, given in pressed.items():
        assert not given or carried.get(symbol, symbol) == given, symbol
