"""Pictures of every screen, from a real counter with invented people.

Called as ``python -m tests.support.shots FOLDER [STYLE ...]``, for example ``docs/shots light-100``.
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import chdir
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from oirs_core.domain.events import Anotacion, Anulacion, Cambio, Enmienda, Materia, Respuesta
from oirs_core.domain.kinds import Kind, Salida
from oirs_desktop.reports.receipt import PaperSize
from oirs_desktop.settings import Settings
from oirs_desktop.ui.kit.screen import Kit
from oirs_desktop.ui.kit.tasks import Tasks
from oirs_desktop.ui.kit.tastes import Tastes
from oirs_desktop.ui.look.i18n import install_spanish
from oirs_desktop.ui.look.theme import Look, Theme
from oirs_desktop.ui.paper.preview import raster
from oirs_desktop.ui.window.frame import Window
from tests.support.keys import ALT, CTRL, PLAIN, SHIFT, Key, Keyboard
from tests.support.office import DAY, SERVIU, START, Office, open_office, person
from tests.support.papers import scan, scanned_pdf, written
from tests.support.shots_envio import outbox, play_line

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = (1366, 768)
PAPER_WIDTH = 900
SETTINGS = Path("/home/rosa/.local/share/OIRS Desktop/settings.toml")
"""Where they would lie; nobody reads or writes there."""
STYLES = (
    *((Look.LIGHT, scale) for scale in (1.0, 1.25, 1.5, 2.0)),
    *((Look.DARK, scale) for scale in (1.0, 2.0)),
    (Look.CONTRAST, 1.0),
)
RELATO = "Pregunta cómo postular al subsidio para aislar el techo de su casa; llueve adentro desde mayo."


class Photographer:
    """Takes one window through the screens."""

    def __init__(self, app: QApplication, office: Office, theme: Theme, folder: Path) -> None:
        theme.apply(app)
        self.office, self.folder = office, folder
        mark = f"-{theme.look}-{round(theme.scale * 100)}"
        self.mark = "" if mark == "-light-100" else mark
        self.tasks = Tasks()
        self.window = Window(theme)
        self.window.resize(*SIZE)
        self.window.show()
        self.keys = Keyboard(self.window)
        play_line(office, self.tasks)
        tastes = Tastes(SETTINGS, Settings(theme=theme.look.value, text_size=round(theme.scale * 100)))
        self.kit = Kit(office.counter, self.tasks, theme, office.clock, office.sync, tastes)

    def rest(self, ms: int = 150) -> None:
        """Let the window work until nothing is left to do."""
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()
        while not self.tasks.idle:
            QApplication.processEvents()
        QApplication.processEvents()

    def shoot(self, name: str) -> None:
        """Save what is in sight."""
        self.rest()
        self.save(name + self.mark, self.window.grab().toImage())

    def save(self, name: str, picture: QImage) -> None:
        """Write a picture of 256 colours: a third of the size, and flat surfaces stay flat."""
        whole = picture.convertToFormat(QImage.Format.Format_RGBA8888)
        size = (whole.width(), whole.height())
        image = Image.frombytes("RGBA", size, bytes(whole.constBits()), "raw", "RGBA", whole.bytesPerLine())
        few = image.convert("RGB").quantize(256, dither=Image.Dither.NONE)
        few.save(self.folder / f"{name}.png", optimize=True)

    def hush(self) -> None:
        """Let all toasts go: those of one screen would stand on the picture of the next."""
        for line in self.window.toasts.lines():
            line.leave()

    def tour(self) -> None:
        """Walk through all screens."""
        self.window.attach(self.kit)
        self.shoot("meson")
        self.keys.write("Rosa")
        self.shoot("meson-busca")
        self.practice()
        self.form()
        self.people()
        self.others()
        self.documents()
        self.papers()
        outbox(self)
        self.window.close()
        self.tasks.close()

    def practice(self) -> None:
        """Begin the guided attention and leave it."""
        self.keys.press(Key.Key_Escape)
        self.keys.press(Key.Key_G, CTRL)
        self.keys.press(Key.Key_F2)
        self.rest(300)
        self.shoot("guia")
        self.keys.press(Key.Key_Escape)

    def form(self) -> None:
        """Fill in the form and register it."""
        keys = self.keys
        keys.press(Key.Key_F2)
        self.shoot("nueva-vacia")
        keys.press(Key.Key_Return, CTRL)
        self.shoot("nueva-falta")
        keys.write("123456785")
        keys.press(Key.Key_Return)
        self.rest()
        keys.write("viv")
        self.shoot("nueva-materia")
        keys.press(Key.Key_Return)
        keys.press(Key.Key_Tab)
        keys.write(RELATO)
        while keys.focus.accessibleName() != "Respuesta":
            keys.press(Key.Key_Tab)
        keys.write("Se le entregó el formulario y se le explicó cómo postular por internet.")
        self.shoot("nueva-termina")
        self.rest(400)  # until the page has followed the focus
        self.window.screens["nueva"].area.verticalScrollBar().setValue(0)  # as with the wheel
        self.shoot("nueva")
        keys.press(Key.Key_M, CTRL)
        self.rest(200)
        self.shoot("nueva-muestra")
        keys.press(Key.Key_Escape)
        keys.press(Key.Key_Return, CTRL)
        self.rest(400)
        self.shoot("comprobante")
        self.derived()

    def derived(self) -> None:
        """Begin the attention of a firm that is handed on, and leave it."""
        keys = self.keys
        keys.press(Key.Key_F2)
        keys.press(Key.Key_Tab, SHIFT)
        keys.write("e")
        keys.press(Key.Key_Tab)
        keys.write("765432103")
        keys.press(Key.Key_Return)
        self.rest()
        keys.write("Pesquera Los Ñirres Ltda.")
        self.shoot("nueva-empresa")
        while keys.focus.accessibleDescription() != "Cómo termina":
            keys.press(Key.Key_Tab)
        keys.write("s")
        self.shoot("nueva-deriva")
        keys.press(Key.Key_Escape)

    def documents(self) -> None:
        """Choose documents, have one refused, add them to a case and look at one."""
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "rosa" / "Descargas"
            people_bring(folder)
            case = self.office.store.recent(1)[0]
            self.window.go("caso", case.id)
            self.rest()
            for name in ("", "Carta de despido.pdf", "Cédula.png", "Planilla.pdf"):
                self.keys.press(Key.Key_J, CTRL)
                self.rest()
                self.keys.write(str(folder / name))
                self.keys.press(Key.Key_Return)
                self.rest(1200)
                if name == "":
                    self.shoot("caso-archivo")
                if name == "Carta de despido.pdf":
                    self.keys.press(Key.Key_Space)
            self.shoot("caso-adjunta")
            self.keys.press(Key.Key_Return, CTRL)
            self.rest(400)
            screen = self.window.screens["caso"]
            screen.timeline.looked.emit(screen.timeline.stories[1].paper)  # type: ignore[attr-defined] # of Caso
            self.rest(1200)
            self.shoot("caso-documento")

    def acts(self) -> None:
        """Work on a case: two corrections that do not agree, an answer, a correction, a copy, the close."""
        keys, desk, case = self.keys, self.office.desk, self.office.store.open_cases(1)[0]
        seen = self.office.store.case(case.id)
        if seen is None:
            return
        note = desk.add(case.id, Anotacion("Nota puesta en el caso de otra persona."))
        desk.add(case.id, Anulacion(note.hashes[0].hex()))
        desk.add(case.id, Enmienda((Cambio("telefono", "+56 9 1111 2222"),), "Lo dictó mal."))
        self.office.deliver()
        self.office.centre.clock = START  # after the correction of the counter
        self.office.centre.write(Enmienda((Cambio("telefono", "+56 9 3333 4444"),)), case.id, seen.last_ref)
        self.office.deliver()
        self.window.go("caso", case.id)
        self.shoot("caso-conflicto")
        for key, modifiers, name in (
            (Key.Key_F6, PLAIN, "caso-responde"),
            (Key.Key_F7, PLAIN, "caso-deriva"),
            (Key.Key_C, ALT, "caso-corrige"),
        ):
            keys.press(key, modifiers)
            self.rest(200)
            self.shoot(name)
            keys.press(Key.Key_Escape)
        keys.press(Key.Key_F6)
        keys.press(Key.Key_1, ALT)
        keys.press(Key.Key_Return, CTRL | SHIFT)
        self.rest(300)
        self.shoot("caso-deshacer")
        keys.press(Key.Key_F9)
        self.rest(300)
        self.shoot("comprobante-copia")
        self.hush()
        keys.press(Key.Key_F12)
        self.shoot("cierre")
        keys.press(Key.Key_Return)
        self.shoot("cierre-avisa")
        keys.press(Key.Key_Return)
        self.rest(400)
        self.shoot("cierre-hecho")

    def people(self) -> None:
        """Show what waits, a child, the day before, the phrases, and people of one name."""
        keys, alt = self.keys, Qt.KeyboardModifier.AltModifier
        keys.press(Key.Key_F2)
        self.rest()
        keys.press(Key.Key_F5)
        self.shoot("meson-espera")
        keys.press(Key.Key_F2)
        keys.write("11.222.333-9")
        keys.press(Key.Key_Return)
        self.rest()
        keys.write("Ana")
        keys.press(Key.Key_M, alt)
        while keys.focus.accessibleName() != "Fecha de nacimiento":
            keys.press(Key.Key_Tab)
        keys.write("27-11-2012")
        self.shoot("nueva-menor")
        keys.press(Key.Key_L, alt)
        keys.press(Key.Key_Tab)
        keys.write("21-11")
        keys.press(Key.Key_Tab)
        keys.write("1030")
        self.shoot("nueva-otro-dia")
        keys.press(Key.Key_3, alt)
        keys.press(Key.Key_Tab)
        keys.write(";")
        self.shoot("nueva-frases")
        keys.press(Key.Key_Escape)
        keys.press(Key.Key_F5)
        keys.press(Key.Key_F2)
        keys.press(Key.Key_Tab, SHIFT)
        keys.write("s")
        keys.press(Key.Key_Tab)
        for text in ("Rosa", "Millapán"):
            keys.write(text)
            keys.press(Key.Key_Return)
        self.shoot("nueva-mismo-nombre")
        keys.press(Key.Key_Escape)

    def papers(self) -> None:
        """Draw the receipt in each size, as it will come out."""
        case = self.office.store.case(self.office.store.open_cases(1)[0].id)
        if case is None or self.mark:
            return
        for size in PaperSize:
            self.office.counter.size = size
            paper = self.office.counter.paper(case, send=False)
            if paper.pdf is not None:
                self.save(f"papel-{size}", raster(paper.pdf, PAPER_WIDTH))

    def others(self) -> None:
        """Show what the other keys lead to."""
        case = self.office.store.open_cases(1)[0]
        self.window.go("caso", case.id)
        self.shoot("caso")
        for key, name in ((Key.Key_F3, "busqueda"), (Key.Key_F8, "pendientes"), (Key.Key_F10, "envio")):
            self.keys.press(key)
            self.shoot(name)
        self.window.go("busqueda", "Millapan")
        self.shoot("busqueda-halla")
        self.acts()
        self.hush()
        self.keys.press(Key.Key_F1)
        self.shoot("ayuda")
        self.keys.press(Key.Key_Comma, CTRL)
        self.shoot("preferencias")
        while self.keys.focus.accessibleName() != "Para soporte":
            self.keys.press(Key.Key_Tab)
        self.keys.press(Key.Key_Space)
        self.shoot("preferencias-soporte")


def people_bring(folder: Path) -> None:
    """Fill a folder with what people bring; one file is no document."""
    folder.mkdir(parents=True)
    brought = {"Carta de despido.pdf": scanned_pdf(2), "Cédula.png": written(scan(3, (900, 600)), "PNG")}
    for age, (name, data) in enumerate({**brought, "Planilla.pdf": b"PK"}.items()):
        (folder / name).write_bytes(data)
        when = START // 1000 - 3600 * (1 + 30 * age)
        os.utime(folder / name, (when, when))
    (folder / "Fotos").mkdir()


def furnish(office: Office) -> None:
    """Give the office its names and a few days of invented work."""
    session = office.desk.session
    office.desk.session = replace(
        session,
        office=replace(session.office, institucion="Servicio de Gobierno Interior"),
        enrolment=replace(session.enrolment, name="Mesón 1"),
    )
    office.centre.user, office.centre.clock = "central", START - 3 * DAY // 24
    answered = office.file("Rosa Elena", ago=9 * DAY, salida=Salida.PENDIENTE)
    office.desk.add(answered.id, Anotacion("Llamó para preguntar cómo va."))
    office.desk.add(answered.id, Respuesta("Su postulación quedó ingresada con el número 4412."))
    office.file("Juan Ernesto", ago=7 * DAY, persona=person("Juan Ernesto", "11.111.111-1"))
    office.file(
        "Ana",
        ago=2 * DAY,
        persona=person("Ana", "9.876.543-3", apellido_paterno="Oyarzún", apellido_materno="Nahuel"),
        tipo=Kind.RECLAMO,
        materia=Materia("Corte de camino por nieve"),
        salida=Salida.DERIVADA,
        destino=SERVIU,
    )
    office.deliver()
    office.file("Pedro", ago=DAY // 24, persona=person("Pedro", "7.654.321-6"), tipo=Kind.PETICION)


def main(folder: Path, take: Callable[[str], bool] = lambda _style: True) -> None:
    """Take all pictures into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    app = QApplication.instance() or QApplication([])
    install_spanish(app)
    for look, scale in STYLES:
        if not take(f"{look}-{round(scale * 100)}"):
            continue
        # From within: the pictures name the folder of the papers, which must be the same each time.
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place, chdir(place):
            office = open_office(Path("OIRS Desktop"))
            furnish(office)
            Photographer(app, office, Theme(look, scale), folder).tour()
            office.store.close()


if __name__ == "__main__":
    wanted = sys.argv[2:]
    main(Path(sys.argv[1]), lambda style: not wanted or style in wanted)
