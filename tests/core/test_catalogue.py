"""The reference tables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oirs_core.domain.catalogue import Catalogue, fold_text
from oirs_core.domain.errors import ValueUnknown
from oirs_core.resources import resource

TABLES = {path.stem: path.read_text(encoding="utf-8") for path in resource("catalogues").glob("*.csv")}
SEED = Catalogue.from_csv(TABLES)


def names(rows: list) -> list[str]:  # type: ignore[type-arg]
    return [row.nombre for row in rows]


def test_the_bundled_tables_are_whole() -> None:
    Catalogue.seed().check()
    assert (len(SEED.regiones), len(SEED.provincias), len(SEED.comunas)) == (16, 56, 346)
    assert (len(SEED.materias), len(SEED.instituciones), len(SEED.paises)) == (178, 431 + 345, 249)
    assert (len(SEED.plazos), len(SEED.pueblos)) == (38, 11)
    assert sum(len(rows) for rows in SEED.clasificaciones.values()) == 72


def test_every_key_leads_somewhere() -> None:
    assert all(
        row.provincia in SEED.provincias and row.region in SEED.regiones for row in SEED.comunas.values()
    )
    assert all(not row.padre or row.padre in SEED.materias for row in SEED.materias.values())
    assert {row.comuna for row in SEED.instituciones.values()} - {""} <= set(SEED.comunas)


def test_regions_run_from_north_to_south() -> None:
    codes = list(SEED.regiones)
    assert (codes[0], codes[-1]) == ("15", "12")


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_table_without_its_columns_is_refused_before_use(table: str) -> None:
    for text in ("", "nombre\n", "<!doctype html>"):
        with pytest.raises(ValueUnknown) as why:
            Catalogue.from_csv({**TABLES, table: text})
        assert why.value.data["field"] == table


def test_a_missing_table_is_refused() -> None:
    with pytest.raises(ValueUnknown) as why:
        Catalogue.from_csv({name: text for name, text in TABLES.items() if name != "materias"})
    assert why.value.data == {"field": "materias", "value": "codigo"}


def test_columns_and_tables_of_a_newer_centre_are_let_be() -> None:
    text = "nueva,nombre,otra,codigo,nivel,padre,derivacion_sugerida\nx,Agua,y,99,1,,\n"
    newer = Catalogue.from_csv({**TABLES, "materias": text, "tramites": "a,b\n1,2\n"})
    newer.check()
    assert names(list(newer.materias.values())) == ["Agua"]


def test_a_table_saved_by_a_spreadsheet_is_read() -> None:
    text = "\ufeff" + TABLES["materias"].replace("\n", "\r\n")
    assert Catalogue.from_csv({**TABLES, "materias": text}).materias == SEED.materias


def test_a_row_cut_short_is_refused_with_its_line() -> None:
    cut = Catalogue.from_csv({**TABLES, "materias": "codigo,nivel,padre,nombre,derivacion_sugerida\n01,1\n"})
    with pytest.raises(ValueUnknown) as why:
        cut.check()
    assert why.value.data == {"field": "materias", "value": 2}


def test_a_cell_may_hold_commas_quotes_and_line_breaks() -> None:
    text = 'codigo,nivel,padre,nombre,derivacion_sugerida\n01,1,,"Agua, ""luz""\ny gas",\n'
    rows = Catalogue.from_csv({**TABLES, "materias": text}).materias
    assert rows["01"].nombre == 'Agua, "luz"\ny gas'


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("nunoa", "Municipalidad de Ñuñoa"),
        ("SII", "Servicio de Impuestos Internos"),
        ("serv imp", "Servicio de Impuestos Internos"),
        ("imp serv", "Servicio de Impuestos Internos"),
        ("  registro   CIVIL ", "Servicio de Registro Civil e Identificación"),
        ("municipalidad de chillán", "Municipalidad de Chillán"),
        ("onemi", "Servicio Nacional de Prevención y Respuesta ante Desastres"),
    ],
)
def test_a_body_is_found_by_the_beginning_of_its_words_sigla_or_former_name(typed: str, first: str) -> None:
    assert names(SEED.search_instituciones(typed))[0] == first


def test_a_comuna_is_found_without_accents_and_by_another_spelling() -> None:
    assert names(SEED.search_comunas("nunoa")) == ["Ñuñoa"]
    assert names(SEED.search_comunas("coihaique")) == ["Coyhaique"]
    assert names(SEED.search_comunas("san p"))[0].startswith("San P")


def test_the_middle_of_a_word_finds_nothing() -> None:
    assert SEED.search_comunas("paraíso") == []


def test_the_name_that_begins_so_comes_first_and_the_whole_name_before_it() -> None:
    assert names(SEED.search_comunas("chillan")) == ["Chillán", "Chillán Viejo"]
    assert names(SEED.search_materias("orasmi"))[:2] == [
        "Ayuda social y Fondo ORASMI",
        "Orientación general sobre ORASMI",
    ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("luz", "Cortes o fallas de suministro"),
        ("No tengo LUZ", "Cortes o fallas de suministro"),
        ("baño", "Mejoramiento de viviendas y barrios"),
        ("bano", "Mejoramiento de viviendas y barrios"),
        ("agua", "Agua"),
        ("visa", "Residencia temporal"),
        ("extranjeria", "Extranjería y migraciones"),
        ("beca", "Becas y créditos de educación superior"),
        ("bono", "Aporte familiar permanente y bonos"),
        ("pensión", "Pensión Garantizada Universal (PGU)"),
        ("licencia", "Licencias médicas e invalidez"),
        ("camino", "Mantención de caminos públicos"),
        ("luminarias", "Alumbrado, aseo y áreas verdes"),
        ("arriendo", "Subsidio de arriendo"),
        ("arrie", "Subsidio de arriendo"),
        ("micro", "Transporte público regional y rural"),
        ("pensión alimenticia", "Asistencia jurídica gratuita"),
        ("hoyo", "Mantención de caminos públicos"),
        ("basura", "Basurales y residuos"),
        ("remedios", "Ayuda en salud (medicamentos, exámenes, insumos)"),
    ],
)
def test_a_topic_is_found_by_the_word_that_people_say(typed: str, first: str) -> None:
    assert names(SEED.search_materias(typed))[0] == first


def test_everyday_words_lead_to_topics_and_may_be_lacking() -> None:
    codes = {code for line in TABLES["palabras"].splitlines()[1:] for code in line.split(",")[1].split("|")}
    assert codes <= set(SEED.materias)
    without = Catalogue.from_csv({name: text for name, text in TABLES.items() if name != "palabras"})
    without.check()
    assert without.search_materias("luz") == []
    assert names(without.search_materias("orasmi"))[0] == "Ayuda social y Fondo ORASMI"


def test_bodies_near_the_office_come_first() -> None:
    towns = names(SEED.search_instituciones("muni", 5, "10401"))
    assert towns[:4] == [f"Municipalidad de {x}" for x in ("Chaitén", "Futaleufú", "Hualaihué", "Palena")]
    assert towns[4] == "Municipalidad de Ancud"
    assert names(SEED.search_instituciones("serviu", 1, "10401")) == [
        "Servicio de Vivienda y Urbanización Región de Los Lagos"
    ]
    assert names(SEED.search_instituciones("muni", 1, "05101")) == ["Municipalidad de Valparaíso"]
    assert SEED.search_instituciones("muni", 9, "99999") == SEED.search_instituciones("muni", 9)


def test_a_topic_is_found_by_the_words_of_its_group() -> None:
    found = SEED.search_materias("orasmi", limit=50)
    assert {row.padre for row in found} == {"", "01"}
    assert len(found) > 2


@pytest.mark.parametrize("typed", ["", "   ", "-", "%", "zzzz", "a" * 5000, "\0"])
def test_what_is_nothing_finds_nothing(typed: str) -> None:
    assert SEED.search_instituciones(typed) == []


def test_the_limit_holds() -> None:
    assert len(SEED.search_instituciones("municipalidad", limit=5)) == 5


def test_a_body_or_topic_is_known_by_its_exact_name() -> None:
    row = SEED.institucion_named("SERVICIO DE IMPUESTOS  INTERNOS")
    assert row is not None
    assert row.sigla == "SII"
    assert SEED.institucion_named("Servicio de Impuestos") is None
    topic = SEED.materia_named("ayuda social y fondo orasmi")
    assert topic is not None
    assert topic.codigo == "01"
    assert SEED.materia_named("Perro perdido") is None


def test_every_body_is_known_by_its_own_name() -> None:
    for row in SEED.instituciones.values():
        found = SEED.institucion_named(row.nombre)
        assert found is not None
        assert found.nombre == row.nombre


@pytest.mark.parametrize(("text", "folded"), [("ÑUÑOA", "nunoa"), ("Caf\u0065\u0301  Ibáñez", "cafe ibanez")])
def test_folding_drops_accents_capitals_and_spare_spaces(text: str, folded: str) -> None:
    assert fold_text(text) == folded


def test_a_centre_of_before_has_no_phrases() -> None:
    older = Catalogue.from_csv({name: text for name, text in TABLES.items() if name != "frases"})
    assert older.frases == ()
    assert SEED.frases[0].abreviatura == "plazo"
    assert len({row.abreviatura for row in SEED.frases}) == len(SEED.frases)


@pytest.mark.parametrize("typed", ["venezuela", "venezolana", "Vénezol"])
def test_a_country_is_found_by_its_name_and_by_its_people(typed: str) -> None:
    assert SEED.search_paises(typed)[0].iso2 == "VE"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)
