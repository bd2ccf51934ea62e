"""The article before the name of a public body."""

from __future__ import annotations

import csv

import pytest

from oirs_core.domain.articles import KNOWN, named, to
from tests.support.tree import ROOT


@pytest.mark.parametrize(
    ("body", "shown", "there"),
    [
        ("Superintendencia de Salud", "la Superintendencia de Salud", "a la Superintendencia de Salud"),
        (
            "Servicio de Gobierno Interior",
            "el Servicio de Gobierno Interior",
            "al Servicio de Gobierno Interior",
        ),
        ("Municipalidad de Chaitén", "la Municipalidad de Chaitén", "a la Municipalidad de Chaitén"),
        ("Carabineros de Chile", "Carabineros de Chile", "a Carabineros de Chile"),
        ("el vecino", "el vecino", "a el vecino"),
        ("", "", "a "),
    ],
)
def test_a_body_has_its_article(body: str, shown: str, there: str) -> None:
    assert (named(body), to(body)) == (shown, there)


@pytest.mark.parametrize("table", ["instituciones", "municipalidades"])
def test_every_body_of_the_catalogue_is_known(table: str) -> None:
    with (ROOT / f"resources/catalogues/{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = [row.get("nombre") or row.get("municipalidad") or "" for row in rows]
    assert len(names) > 300
    assert {name.split()[0] for name in names if name} - KNOWN == set()
