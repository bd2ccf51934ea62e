"""Run the benches: JSON lines on stdout, a table on stderr.

``python -m bench`` runs all of them, each in a process of its own so that none inherits another's
imports or memory; ``python -m bench search receipt`` runs some; ``--tiny`` only proves that they run.
"""

from __future__ import annotations

import argparse
import importlib
import json
import subprocess
import sys

from bench.figure import table

BENCHES = ("window", "register", "search", "receipt", "sync", "keeping")


def main(argv: list[str] | None = None) -> int:
    """0: every goal met; 1: one missed; 2: a bench broke."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument(
        "--tiny", action="store_true", help="a few repeats over little data, to see that it runs"
    )
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args(argv)
    unknown = set(chosen.names) - set(BENCHES)
    if unknown:
        parser.error(f"no such bench: {', '.join(sorted(unknown))}")
    names = chosen.names or BENCHES
    if chosen.here:
        for name in names:
            run_here(name, tiny=chosen.tiny)
        return 0
    lines: list[dict[str, object]] = []
    broken = [name for name in names if not run_apart(name, lines, tiny=chosen.tiny)]
    print(table(lines), file=sys.stderr)
    for name in broken:
        print(f"{name} broke off; what it said stands above", file=sys.stderr)
    missed = any(line["ok"] is False for line in lines)
    return 2 if broken else int(missed and not chosen.tiny)


def run_here(name: str, *, tiny: bool) -> None:
    module = importlib.import_module(f"bench.{name}")
    for figure in module.run(tiny=tiny):
        print(figure.line(), flush=True)


def run_apart(name: str, lines: list[dict[str, object]], *, tiny: bool) -> bool:
    """Run one bench as a child, pass its lines on as they come; False when it broke off."""
    command = [sys.executable, "-m", "bench", name, "--here", *(["--tiny"] if tiny else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as child:  # noqa: S603 - our own interpreter
        for line in child.stdout or ():
            print(line, end="", flush=True)
            lines.append(json.loads(line))
    return child.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
