"""The language of the window: source texts are Spanish, other languages come as Qt translations."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from oirs_core.resources import resource

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

CONTEXT = ""
"""The one that pyside6-lupdate gives to the texts of ``tr`` and ``later``."""
_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)


def tr(text: str) -> str:
    """Translate one sentence of the window."""
    # Qt answers to an empty text with what the catalogue says of itself.
    return QCoreApplication.translate(CONTEXT, text) if text else ""


def later(text: str) -> str:
    """Mark a text of a table for the translators; ``tr`` is called where it is shown."""
    return text


def install_language(app: QApplication, language: str) -> None:
    """Speak another language: Qt's own texts, and the catalogue of the window. ``language``: es or en."""
    install_spanish(app)
    if language == "es":
        return
    for name, folder in (
        (f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (f"oirs_{language}", str(resource("i18n"))),
    ):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)


def install_spanish(app: QApplication) -> None:
    """Qt's own texts (menus of a text field, key names) in Spanish."""
    QLocale.setDefault(QLocale(QLocale.Language.Spanish, QLocale.Country.Chile))
    translator = QTranslator(app)
    if translator.load("qtbase_es", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def local(at: int, zone: str) -> datetime:
    """Wall clock of the office. ``at``: ms UTC; ``zone``: IANA name."""
    return datetime.fromtimestamp(at / 1000, tz=UTC).astimezone(ZoneInfo(zone))


def hour(moment: datetime) -> str:
    """``09:58``."""
    return f"{moment:%H:%M}"


def short_day(day: date) -> str:
    """``jue 26 nov``."""
    return f"{tr(_DAYS[day.weekday()][:3])} {day.day} {tr(_MONTHS[day.month - 1][:3])}"


def long_day(day: date) -> str:
    """``jueves 26 de noviembre de 2026``."""
    return tr("{weekday} {day} de {month} de {year}").format(
        weekday=tr(_DAYS[day.weekday()]), day=day.day, month=tr(_MONTHS[day.month - 1]), year=day.year
    )


def day_and_month(day: date) -> str:
    """``martes 2 de diciembre``."""
    return tr("{weekday} {day} de {month}").format(
        weekday=tr(_DAYS[day.weekday()]), day=day.day, month=tr(_MONTHS[day.month - 1])
    )


def moment(at: int, zone: str, now: int) -> str:
    """``10:42`` today, ``ayer 17:12``, otherwise ``mar 3 nov 10:14`` (with the year when it is another)."""
    then, today = local(at, zone), local(now, zone)
    if then.date() == today.date():
        return hour(then)
    if (today.date() - then.date()).days == 1:
        return tr("ayer {hour}").format(hour=hour(then))
    year = "" if then.year == today.year else f" {then.year}"
    return f"{short_day(then.date())}{year} {hour(then)}"


def number(count: int) -> str:
    """``20.000``: thousands with a point, as people write here."""
    return f"{count:,}".replace(",", ".")
