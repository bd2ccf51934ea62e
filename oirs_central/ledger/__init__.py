"""The ledger: the only writer of events, the same over SQLite and PostgreSQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from oirs_central.ledger import audit, cases, feeds, logs, offices, redaction
from oirs_central.ledger.errors import FolioUnknown
from oirs_central.ledger.exchange import Exchange, asker, check
from oirs_central.ledger.writer import Writer
from oirs_core.chain import log_root
from oirs_core.domain.folio import Folio
from oirs_core.domain.rules import check as check_act
from oirs_core.wire.dump import dump

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Connection

    from oirs_central.engine import Database
    from oirs_core.chain import Event
    from oirs_core.domain.events import Act, Content, Oficina, Supresion
    from oirs_core.signature import SigningKey
    from oirs_core.wire.messages import Answer, Frame


HASH = re.compile(r"[0-9a-fA-F]{64}")


class Ledger:
    """All that the centre knows, behind a handful of verbs."""

    def __init__(
        self,
        database: Database,
        institution: str,
        key: SigningKey,
        clock: Callable[[], int],
        random: Callable[[int], bytes],
    ) -> None:
        """``clock``: ms UTC. ``random``: that many random bytes."""
        self.database = database
        self.institution = institution
        self.writer = Writer(key, clock, random)
        self.min_schema = 1
        self.catalogue_feed = feeds.catalogue_feed(institution)

    def exchange(self, frame: Frame, now: int) -> Answer:
        """Take what a counter pushes and give what it lacks, in one transaction.

        The frame's signature is verified by then (`auth`). ``now``: ms UTC. LedgerError and
        EventRefused refuse the whole request and change nothing.
        """
        request = frame.request

        def work(connection: Connection) -> Answer:
            who = asker(connection, frame.device)
            check(request, who)
            return Exchange(connection, who, request, self.writer.key.public, self.min_schema).run(now)

        if request.groups:
            return self.database.write(work)
        with self.database.reading() as connection:
            return work(connection)

    def write(
        self,
        office_feed: str,
        content: Content,
        user: str,
        entity: bytes | None = None,
        base: bytes | None = None,
    ) -> Event:
        """Write an event of the centre into a feed, signed and positioned."""
        return self.database.write(
            lambda connection: self.writer.append(connection, office_feed, content, user, entity or b"", base)
        )

    def begin_log(self, connection: Connection, log: bytes, feed: str, key: bytes) -> None:
        """Register the log of a new counter, in the transaction of its enrolment."""
        logs.add(connection, logs.Log(log, feed, key, log_root(log, key)))

    def add(self, folio_text: str, act: Act, user: str) -> Event:
        """Add an act to the case that has this folio.

        FolioRefused, OfficeUnknown, FolioUnknown, or the rules' own refusal.
        """
        folio = Folio.parse(folio_text)

        def work(connection: Connection) -> Event:
            feed = offices.feed_of_folio(connection, self.institution, folio.office)
            feeds.lock(connection, feed)
            case = cases.by_folio(connection, feed, folio.text)
            if case is None:
                raise FolioUnknown(folio=folio.text)
            check_act(case, act)
            return self.writer.append(connection, feed, act, user, case.id, case.status_ref)

        return self.database.write(work)

    def erase(self, what: str, resolution: str) -> Supresion:
        """Take personal data out of a case (its folio) or of one event (its hash, hexadecimal).

        FolioRefused, OfficeUnknown, FolioUnknown, NothingToErase.
        """

        def work(connection: Connection) -> Supresion:
            if HASH.fullmatch(what):
                only = bytes.fromhex(what)
                feed, case = redaction.case_of(connection, only)
            else:
                folio, only = Folio.parse(what), None
                feed = offices.feed_of_folio(connection, self.institution, folio.office)
                found = cases.by_folio(connection, feed, folio.text)
                if found is None:
                    raise FolioUnknown(folio=folio.text)
                case = found
            return redaction.erase(connection, self.writer, feed, case, only, resolution)

        return self.database.write(work)

    def office(self, office: Oficina) -> Oficina:
        """Create or change an office; its counters learn of it. Gives it with its folio symbols."""
        return self.database.write(
            lambda connection: offices.put(connection, self.writer, self.institution, office)
        )

    def office_feed(self, office: str) -> str:
        """Give the feed of an office by its three digits; OfficeUnknown."""
        with self.database.reading() as connection:
            return offices.feed_of(connection, self.institution, office)

    def office_config(self, office: str) -> Oficina | None:
        """Give an office as it was last set."""
        with self.database.reading() as connection:
            return offices.config(connection, feeds.office_feed(self.institution, office))

    def publish(self, texts: Mapping[str, str]) -> list[str]:
        """Send down the catalogue tables that differ from the published ones; gives their names."""
        return self.database.write(
            lambda connection: offices.publish(connection, self.writer, self.catalogue_feed, texts)
        )

    def dump(self, feed: str) -> bytes:
        """Give the canonical dump of the cases of a feed."""
        with self.database.reading() as connection:
            return dump(cases.of_feed(connection, feed))

    def verify(self) -> list[str]:
        """Check every hash, chain, signature, position and count; empty when all hold."""
        with self.database.reading() as connection:
            return audit.verify(connection)
