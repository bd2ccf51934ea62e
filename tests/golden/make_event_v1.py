"""Write event-v1.json once. Never run it again over an existing file: the samples are frozen."""

from __future__ import annotations

import json
from pathlib import Path

from oirs_core import chain
from oirs_core.domain.events import (
    Anotacion,
    Derivacion,
    Equipo,
    Ingreso,
    Institucion,
    Materia,
    Promesa,
    Respuesta,
)
from oirs_core.domain.folio import Folio
from oirs_core.domain.kinds import DocType, Kind, Lugar, Medio
from oirs_core.domain.persona import Persona
from oirs_core.signature import PaperCode, ReceiptFacts, SigningKey
from oirs_core.wire.codec import encode_body, kind_of

TARGET = Path(__file__).with_name("event-v1.json")
KEY = SigningKey(bytes(range(32)))
LOG = bytes.fromhex("0102030405060708")
FOLIO = Folio.build("8K", 2020, "0A2R", 42).text


def contents() -> list[object]:
    """One of each shape, with the texts that break naive encoders."""
    persona = Persona(
        DocType.RUN,
        "12345678-5",
        "Rosa Elena",
        "Millapán",
        "Hueque",
        telefono="+56 9 5555 0000",
        comuna="10401",
    )
    ingreso = Ingreso(
        tipo=Kind.ACCESO_INFORMACION,
        materia=Materia("Acceso a información pública", "0701"),
        relato='Dice: "no llegó" <b>nada</b>\n=1+1\t\U0001f600 \u202bרtl\u202c n\u0303 \\ \u007f',
        persona=persona,
        oficina="104",
        comuna="10401",
        fecha_legal="2020-11-12",
        atiende="Ana Ñanco",
        folio=FOLIO,
        clave="7K2M",
        lugar=Lugar.TERRENO,
        localidad="Puerto Raúl Marín Balmaceda",
        medio=Medio.CORREO,
        adjuntos=("carta.pdf",),
        promesa=Promesa("2020-12-11", 20, "dias_habiles", "Ley 20.285", "14"),
    )
    return [
        ingreso,
        Anotacion("Llamó para preguntar."),
        Derivacion(Institucion("Servicio de Salud Los Lagos", "SSLL"), "Es de su competencia."),
        Respuesta("Se entregó copia.", Medio.CORREO),
        Equipo("AAECAwQFBgc", chain.b64(KEY.public), "0A2B", "Mesón 1"),
    ]


def main() -> None:
    """Chain the contents in one log and write everything that a reader must reproduce."""
    if TARGET.exists():
        raise SystemExit("frozen: " + TARGET.name)
    prev, entity, samples = chain.log_root(LOG, KEY.public), b"", []
    for seq, content in enumerate(contents(), start=1):
        kind, v = kind_of(content)
        notice = kind == "Equipo"
        header = chain.Header(
            kind,
            v,
            at=1_605_184_916_000 + seq,
            sure=seq != 2,
            user="centro" if notice else "ana.nanco",
            entity=b"" if notice else entity,
            base=prev if seq == 3 else None,
            declared="2020-11-12T09:41:56-03:00" if seq == 1 else "",
        ).encode()
        body = encode_body(content)
        event = chain.seal(LOG, seq, prev, header, bytes([seq]) * 16, body)
        entity = entity or event.creates
        prev = event.h
        samples.append(
            {
                "seq": seq,
                "header": header.decode(),
                "salt": event.salt.hex(),
                "body": body.decode(),
                "h": event.h.hex(),
            }
        )
    h = bytes.fromhex(samples[0]["h"])
    facts = ReceiptFacts(FOLIO, "7K2M", "2020-11-12", "104", h)
    golden = {
        "seed": bytes(range(32)).hex(),
        "public_key": KEY.public.hex(),
        "device_id": KEY.id.hex(),
        "log": LOG.hex(),
        "events": samples,
        "group_signature": KEY.sign(chain.group_message(len(samples), prev)).hex(),
        "feed_chain": chain.feed_step(
            chain.feed_step(chain.GENESIS, h, 1_605_184_917_000), prev, 1_605_184_917_001
        ).hex(),
        "branch": chain.branch_label(LOG, h).hex(),
        "receipt": {
            "base": "https://oirs.example.cl",
            "folio": FOLIO,
            "clave": "7K2M",
            "fecha_legal": "2020-11-12",
            "oficina": "104",
            "code": str(PaperCode.make("https://oirs.example.cl", facts, KEY)),
        },
    }
    TARGET.write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
