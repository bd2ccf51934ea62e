"""The files of a counter's journal: which there are, what they begin with, and what comes back from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oirs_core.wire.bundle import SUFFIX, BundleRefused
from oirs_core.wire.parts import Events, Marks
from oirs_core.wire.unbundle import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from oirs_core.signature import SigningKey
    from oirs_core.wire.seal import SealKey
    from oirs_desktop.store import Store

NAME = re.compile(r"(\d{6})-(\d{4}-\d{2}-\d{2})-diario" + re.escape(SUFFIX))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a counter's journal lies. ``days``: how long a file is kept at least, also when delivered."""

    folder: Path
    days: int = 30

    def files(self) -> list[Path]:
        """Give the files, in the order in which they were begun."""
        if not self.folder.is_dir():
            return []
        return sorted(path for path in self.folder.iterdir() if NAME.fullmatch(path.name))


@dataclass(frozen=True, slots=True)
class Keys:
    """Of this counter, and from where chance comes: that many random bytes."""

    sign: SigningKey
    seal: SealKey
    random: Callable[[int], bytes]


def first_marks(reader: Reader, seal: SealKey) -> Marks | None:
    """Give what a journal begins with; None when it is not ours or its beginning was lost."""
    if not reader.unlock(seal):
        return None
    part = next(reader.parts(salvage=True), None)
    return part if isinstance(part, Marks) else None


def readers(place: Place, keys: Keys) -> Iterator[Reader]:
    """Open each file of this counter that can be read, from the oldest on."""
    for path in place.files():
        with path.open("rb") as file:
            try:
                reader = Reader(file)
            except BundleRefused:
                continue
            if reader.is_by(keys.sign.public) and reader.unlock(keys.seal):
                yield reader


def restore(store: Store, keys: Keys, place: Place) -> int:
    """Put every event of the files back that the store lacks, and fold it anew; how many there were."""
    count, public = 0, keys.sign.public
    for reader in readers(place, keys):
        for part in reader.parts(salvage=True):
            if isinstance(part, Marks | Events):
                store.learn_logs(part.heads, public)
            if isinstance(part, Events):
                count += store.put_back(part.groups, public)
    if count:
        store.fold_again()
    return count
