"""Dates in Spanish words. No locale: the counter's Windows may speak another language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)


def long_date(day: date) -> str:
    """As a person reads it aloud: «viernes 11 de diciembre de 2026»."""
    return f"{weekday_date(day)} de {day.year}"


def weekday_date(day: date) -> str:
    """Without its year: «viernes 11 de diciembre»."""
    return f"{WEEKDAYS[day.weekday()]} {day_month(day)}"


def day_month(day: date) -> str:
    """Only day and month: «11 de diciembre»."""
    return f"{day.day} de {MONTHS[day.month - 1]}"


def short_date(day: date) -> str:
    """As written on forms in Chile: «11-12-2026»."""
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"
