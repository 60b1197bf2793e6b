"""The `candour` command. Scripts outside this repository call it: its verbs, options and exit codes are a contract (DESIGN).

0: done. 1: it ran, and what it found is not good (a history that does not hold, findings not accepted). 2: it could not run.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date

from candour.config.environment import Misconfigured
from candour.kernel.calendar import read_date


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; gives the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "candour.config.settings")
    arguments = parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        return run(arguments)
    except Misconfigured as wrong:
        for sentence in str(wrong).splitlines():
            print(f"candour: {sentence}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def parser() -> argparse.ArgumentParser:
    """Every verb with its options."""
    top = argparse.ArgumentParser(
        prog="candour", description="The system of record of a local policing body and its force."
    )
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    _demo(verbs.add_parser("demo", help="the demo data in an embedded database, and the server"))
    _administrator(verbs.add_parser("administrator", help="the first administrator of a body, who sets up the rest"))
    _people(verbs.add_parser("people", help="joiners, movers and leavers from a nightly file"))
    _glass(verbs.add_parser("break-glass", help="an administrator for one hour, when nobody else can come in"))
    _read(verbs.add_parser("read", help="read a paper, touch nothing: records proposed and findings"))
    _load(verbs.add_parser("load", help="the same, saved through commands"))
    _paper(verbs.add_parser("paper", help="write a paper"))
    _export(verbs.add_parser("export", help="write a register as a workbook, CSV or JSON"))
    _publish(verbs.add_parser("publish", help="write the public site and open data from frozen copies"))
    _history(verbs.add_parser("history", help="verify or seal the history"))
    _notices(verbs.add_parser("notices", help="write the reminders that are due, and send the notices that wait"))
    verbs.add_parser("migrate", help="the tables made or brought up to date").set_defaults(run=_later("migrate"))
    _serve(verbs.add_parser("serve", help="the server, on a database that is at this version"))
    _work(verbs.add_parser("work", help="the worker: seals, reminders, letters, the nightly check of the history"))
    _check(
        verbs.add_parser(
            "check", help="whether this installation may hold real data: settings, database, mail, backups"
        )
    )
    _backup(verbs.add_parser("backup", help="everything as one file, stored files too, while others go on working"))
    _restore(verbs.add_parser("restore", help="a database and its files from a backup, with the history verified"))
    _key(verbs.add_parser("key", help="make a key that backups are encrypted to"))
    _bench(verbs.add_parser("bench", help="measure the numbers that the design holds"))
    _reference(verbs.add_parser("reference", help="write docs/ pages for models, permissions, events and settings"))
    return top


def _demo(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--port", type=int, default=8000)
    verb.add_argument("--reset", action="store_true", help="make the demo database anew")
    verb.set_defaults(run=_later("demo"))


def _administrator(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("user", metavar="USER", help="the user name to sign in with; the password is asked for")
    verb.add_argument("--name", required=True, help="the person's name")
    verb.add_argument(
        "--body", required=True, metavar="NAME", help="the body that they administer, set up if it is new"
    )
    verb.add_argument("--short-name", default="", metavar="NAME", help="as papers and lists say it (the body's name)")
    verb.add_argument("--code", default="office", help="the body's code in addresses (office)")
    verb.add_argument("--kind", choices=["office", "force"], default="office")
    verb.add_argument("--post", default="Business Manager", metavar="TITLE", help="the post that they hold")
    verb.add_argument("--email", default="", metavar="ADDRESS", help="where letters of the post go")
    verb.add_argument("--no-password", action="store_true", help="sign-in is outside Candour")
    verb.set_defaults(run=_later("administrator"))


def _people(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", metavar="FILE", help="CSV in UTF-8: username, name, email, body, post, from, to")
    verb.add_argument("--check", action="store_true", help="say what is wrong and what would be done, and save nothing")
    verb.add_argument("--leavers", type=int, metavar="N", help="so many leavers are right, although they are many")
    verb.add_argument("--json", action="store_true", help="print one JSON object")
    verb.set_defaults(run=_later("people"))


def _glass(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--body", default="office", metavar="CODE", help="the body to administer, by its code (office)")
    verb.add_argument("--reason", required=True, help="why: it is recorded, and sent to each administrator")
    verb.set_defaults(run=_later("glass"))


def _read(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file")
    verb.add_argument("--kind", help="the kind of paper, where it cannot be told from the file")
    verb.add_argument("--against", metavar="OTHER", help="another paper: what the two print differently is said first")
    verb.add_argument("--json", action="store_true", help="print one JSON object")
    verb.set_defaults(run=_later("read"))


def _load(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file")
    verb.add_argument("--kind", help="the kind of paper, where it cannot be told from the file")
    verb.add_argument("--actor", required=True, metavar="USER", help="who loads it: a user name")
    verb.add_argument("--effective", type=_day, metavar="DATE", help="the day the paper holds, if not its own date")
    verb.add_argument(
        "--accept-findings", action="store_true", help="load although the paper contradicts itself; kept as printed"
    )
    verb.add_argument("--json", action="store_true", help="print one JSON object")
    verb.set_defaults(run=_later("load"))


def _paper(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("kind", metavar="KIND", help="the kind of paper, such as risk-register")
    verb.add_argument("--as-at", type=_day, metavar="DATE", help="the register as it stood that day (today)")
    verb.add_argument(
        "--since", type=_day, metavar="DATE", help="the day that changes are counted from (the last issued paper)"
    )
    verb.add_argument("--audience", choices=["public", "panel", "office"], default="panel")
    verb.add_argument("--organisation", metavar="CODE", default="office", help="whose register, by its code (office)")
    verb.add_argument("--to", metavar="FILE", help="a .docx, .pdf, .html, .txt or .json file (text to the screen)")
    verb.set_defaults(run=_later("paper"))


def _export(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("kind", metavar="KIND", help="the kind of register, such as risk-register")
    verb.add_argument("--as-at", type=_day, metavar="DATE", help="the register as it stood that day (today)")
    verb.add_argument("--organisation", metavar="CODE", default="office", help="whose register, by its code (office)")
    verb.add_argument("--to", metavar="FILE", help="a .xlsx, .csv or .json file (the usual one to the screen)")
    verb.set_defaults(run=_later("export"))


def _publish(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--to", metavar="DIR", required=True, help="an empty folder, or one that an earlier run wrote")
    verb.set_defaults(run=_later("publish"))


def _history(verb: argparse.ArgumentParser) -> None:
    acts = verb.add_subparsers(dest="act", required=True, metavar="ACT")
    check = acts.add_parser("verify", help="0 if every entry holds, else 1 and the first that does not")
    check.add_argument("--json", action="store_true", help="print one JSON object")
    check.add_argument("--root", action="append", default=[], help="a root printed on a paper, which must stand too")
    check.set_defaults(run=_later("history", "verify"))
    acts.add_parser("seal", help="seal all entries since the last seal").set_defaults(run=_later("history", "seal"))


def _notices(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--show", action="store_true", help="print what waits, links too, and send nothing")
    verb.add_argument("--again", action="store_true", help="send what is not known to have been sent once more")
    verb.add_argument(
        "--returned",
        metavar="FILE",
        help="take in a message that came back, or a folder of them (- for the input), and send nothing",
    )
    verb.set_defaults(run=_later("notices"))


def _serve(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="where it listens (127.0.0.1)")
    verb.add_argument("--port", type=int, default=8000)
    verb.add_argument("--workers", type=int, default=2, help="processes (2); on SQLite one")
    verb.set_defaults(run=_later("serve"))


def _work(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--once", action="store_true", help="do what is due now, and end")
    verb.set_defaults(run=_later("work"))


def _check(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--json", action="store_true", help="print one JSON object")
    verb.set_defaults(run=_later("check"))


def _backup(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", metavar="FILE", help="written whole or not at all")
    verb.add_argument("--to-key", metavar="KEYS", help="a file of public keys that may open it, one a line")
    verb.add_argument("--json", action="store_true", help="print one JSON object")
    verb.set_defaults(run=_later("backup"))


def _restore(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", metavar="FILE", help="a file that candour backup wrote")
    verb.add_argument("--key", metavar="KEY", help="the file of the secret key, where it is encrypted")
    verb.add_argument("--check", action="store_true", help="read it to its end and restore nothing")
    verb.add_argument("--replace", action="store_true", help="lose what the database holds")
    verb.add_argument("--root", action="append", default=[], help="a root printed on a paper, which must stand in it")
    verb.add_argument("--json", action="store_true", help="print one JSON object")
    verb.set_defaults(run=_later("backup", "restore"))


def _key(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", metavar="FILE", help="where the secret half goes; the public half is printed")
    verb.set_defaults(run=_later("backup", "key"))


def _bench(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--rows", type=int, default=10000, help="risks to measure with (10000)")
    verb.add_argument("--json", action="store_true", help="print one JSON object")
    verb.add_argument(
        "--what",
        choices=("risks", "recommendations", "boards", "agreements", "measures", "history", "users", "all"),
        default="all",
        help="what is made and measured",
    )
    verb.add_argument(
        "--minutes", type=float, default=1, help="for users: how long fifty of them work; fewer a tenth of it (1)"
    )
    verb.add_argument("--chart", metavar="FILE", help="for users: draw how answers take longer, as an .svg file")
    verb.set_defaults(run=_later("bench"))


def _reference(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--check", action="store_true", help="write nothing; 1 if a page is out of date")
    verb.set_defaults(run=_later("reference"))


def _later(module: str, name: str = "run") -> Callable[[argparse.Namespace], int]:
    """Import a verb when it is called: `candour --help` needs no database, and `candour read` no migrations."""

    def run(arguments: argparse.Namespace) -> int:
        from importlib import import_module

        function: Callable[[argparse.Namespace], int] = getattr(import_module(f"candour.config.verbs.{module}"), name)
        return function(arguments)

    return run


def _day(text: str) -> date:
    day = read_date(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2023-10-26 or 26/10/2023")
    return day


if __name__ == "__main__":
    sys.exit(main())
