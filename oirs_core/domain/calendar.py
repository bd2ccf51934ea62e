"""Business days by comuna and the time zone of each (Ley 19.880 art. 25; `feriados_cl.csv`).

Only rows of tipo civil and religioso count: bancario closes banks alone, and elections are held on
Sundays (the one Saturday, 2021-05-15, is no business day anyway). Only rows with estado vigente count:
a holiday that is announced but not yet law must not put off a date that the law fixes. When the law is
passed, the table comes down again.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Self

from oirs_core.domain.errors import ValueUnknown
from oirs_core.domain.table import rows, several

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

COUNTING = frozenset({"civil", "religioso"})
IN_FORCE = "vigente"
SATURDAY = 5
WEEKEND = ("sábado", "domingo")

DEFAULT_ZONE = "America/Santiago"
REGION_ZONES = {"12": "America/Punta_Arenas", "11": "America/Coyhaique"}
PROVINCE_ZONES = {"052": "Pacific/Easter"}


class Place(NamedTuple):
    """Where a comuna lies."""

    provincia: str
    region: str


class Scope(NamedTuple):
    """Where a holiday holds: whole regions, whole provinces, comunas. All three empty: the country."""

    regiones: frozenset[str]
    provincias: frozenset[str]
    comunas: frozenset[str]

    def holds(self, comuna: str, place: Place) -> bool:
        """Say whether the day is a holiday there."""
        return (
            not any(self)
            or comuna in self.comunas
            or place.provincia in self.provincias
            or place.region in self.regiones
        )


class Holiday(NamedTuple):
    """One row of the table."""

    name: str
    scope: Scope


class Calendar:
    """Which days do not count, and where. Nothing changes in it once it is built."""

    def __init__(self, holidays: dict[date, tuple[Holiday, ...]], places: dict[str, Place]) -> None:
        """``places``: every comuna of the country by its code (CUT)."""
        self._holidays = holidays
        self._places = places
        # A year is known when the table has holidays for the whole country in it.
        self._years = {d.year for d, found in holidays.items() if any(not any(h.scope) for h in found)}

    @classmethod
    def from_csv(cls, feriados: str, comunas: str) -> Self:
        """Read `feriados_cl.csv` and `comunas.csv`. ValueUnknown when a column or a date does not fit."""
        places = {c: Place(p, r) for c, p, r in rows("comunas", comunas, ("codigo", "provincia", "region"))}
        holidays: dict[date, tuple[Holiday, ...]] = {}
        columns = ("fecha", "nombre", "tipo", "estado", "regiones", "provincias", "comunas")
        for fecha, nombre, tipo, estado, *lists in rows("feriados_cl", feriados, columns):
            day = _read_date(fecha)
            if tipo in COUNTING and estado == IN_FORCE:
                holiday = Holiday(nombre, _scope([several(cell) for cell in lists], places))
                holidays[day] = (*holidays.get(day, ()), holiday)
        return cls(holidays, places)

    def reason(self, day: date, comuna: str) -> str | None:
        """Why a day does not count there: «sábado», «domingo» or the name of the holiday. None: it counts.

        Weekends are known for ever, holidays only where ``covers`` says so.
        """
        if day.weekday() >= SATURDAY:
            self._place(comuna)
            return WEEKEND[day.weekday() - SATURDAY]
        return self.holiday(day, comuna)

    def holiday(self, day: date, comuna: str) -> str | None:
        """Name of the holiday there on that day, be it a weekend or not."""
        place = self._place(comuna)
        names = (
            holiday.name for holiday in self._holidays.get(day, ()) if holiday.scope.holds(comuna, place)
        )
        return next(names, None)

    def covers(self, day: date) -> bool:
        """Say whether the table knows the holidays of that year."""
        return day.year in self._years

    def zone(self, comuna: str) -> str:
        """IANA time zone of a comuna."""
        place = self._place(comuna)
        return PROVINCE_ZONES.get(place.provincia) or REGION_ZONES.get(place.region, DEFAULT_ZONE)

    def _place(self, comuna: str) -> Place:
        if comuna not in self._places:
            raise ValueUnknown(field="comuna", value=comuna)
        return self._places[comuna]


def _read_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as why:
        raise ValueUnknown(field="feriados_cl", value=text) from why


def _scope(lists: list[list[str]], places: dict[str, Place]) -> Scope:
    """Unite the three lists of a row.

    A region that stands beside provinces or comunas of its own only says where these lie, and so does
    a province beside its comunas: the row of 20 August names region 16 and two of its comunas, and holds
    in these two. Region 12 beside province 102, which is of region 10, holds as a whole.
    """
    regiones, provincias, comunas = (frozenset(names) for names in lists)
    _must_exist(comunas, places.keys())
    _must_exist(provincias, {place.provincia for place in places.values()} if provincias else set())
    _must_exist(regiones, {place.region for place in places.values()} if regiones else set())
    inner = [place for comuna, place in places.items() if comuna in comunas]
    outer = {place.region for place in places.values() if place.provincia in provincias}
    return Scope(
        regiones - outer - {place.region for place in inner},
        provincias - {place.provincia for place in inner},
        comunas,
    )


def _must_exist(codes: frozenset[str], known: AbstractSet[str]) -> None:
    """Refuse a code that nobody has, such as 8 for 08: its holiday would hold nowhere."""
    for code in sorted(codes - known):
        raise ValueUnknown(field="feriados_cl", value=code)
