"""Evidence of the demo: small files made here, so that none has to be carried in the package."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from io import BytesIO

from candour.config.demo.stage import Event, Stage
from candour.config.demo.timeline import worded
from candour.kernel.evidence.commands import add_file


@dataclass(frozen=True)
class Exhibit:
    """A file added to a risk in a week by the holder of a post. make: the day -> its bytes."""

    ref: str
    week: int
    post: str
    name: str
    reason: str
    make: Callable[[date], bytes]


def text(*lines: str) -> Callable[[date], bytes]:
    """A text file, its months written for the day."""
    return lambda day: (worded("\n".join(lines), day) + "\n").encode()


def pdf(*lines: str) -> Callable[[date], bytes]:
    """A PDF (ISO 32000-1) of one A4 page with some lines of Helvetica."""
    return lambda day: pdf_bytes([worded(line, day) for line in lines])


def pdf_bytes(lines: list[str]) -> bytes:
    shown = "".join(f"({line.translate({40: '[', 41: ']', 92: '/'})}) Tj T* " for line in lines)
    drawn = f"BT /F1 12 Tf 18 TL 60 770 Td {shown}ET".encode("cp1252", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    ends = b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return out + ends % (table, len(out))


def bars(*heights: int) -> Callable[[date], bytes]:
    """A PNG of columns, each so many pixels high, dark on white."""
    return lambda day: png_bytes(heights)


def png_bytes(heights: tuple[int, ...], *, tall: int = 120, wide: int = 24) -> bytes:
    """Eight-bit grey: each row begins with its filter, nought for none."""
    rows = b"".join(
        b"\0"
        + b"".join(
            (b"\x30" * (wide - 8) if tall - row <= high else b"\xff" * (wide - 8)) + b"\xff" * 8 for high in heights
        )
        for row in range(tall)
    )
    header = struct.pack(">IIBBBBB", wide * len(heights), tall, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    written = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


EXHIBITS = (
    Exhibit(
        "MPC001",
        8,
        "cfo",
        "savings-tracker.csv",
        "Position that the review relied on",
        text(
            "scheme,planned,state",
            "Fleet pooling,420000,cashed",
            "Vacancies older than 90 days,910000,agreed",
            "Estate savings,2300000,hoped for",
            "Shared referral line,81000,cashed",
        ),
    ),
    Exhibit(
        "MPC002",
        60,
        "policy",
        "phishing-test.txt",
        "Result of the first test",
        text(
            "Phishing test of {m-3}", "", "Sent: 31. Opened: 19. Clicked: 6. Reported: 11.", "Training booked for {m}."
        ),
    ),
    Exhibit(
        "MPC006",
        2,
        "commissioning",
        "provider-confirmation.pdf",
        "Letter from the provider",
        pdf(
            "Outreach service: confirmation of terms",
            "",
            "We confirm that the service goes on under the terms of the agreement",
            "that has ended, at the same monthly price, until an award is signed.",
            "This holds to the end of {m+1} at the latest.",
        ),
    ),
    Exhibit(
        "MPC013",
        21,
        "comms",
        "trust-by-quarter.png",
        "Chart from the quarterly survey",
        bars(93, 81, 69, 75, 81, 87, 93),
    ),
    Exhibit(
        "ST0202",
        34,
        "digital",
        "restore-test.txt",
        "Log of the third restore test",
        text("Restore test, {m}", "Aim: 12 hours. Taken: 11 hours 4 minutes.", "Two services needed a manual step."),
    ),
    Exhibit(
        "ST0207",
        25,
        "resources",
        "urgent-works-certificate.pdf",
        "Certificate that the works are finished",
        pdf(
            "Urgent works at shared sites",
            "",
            "Fourteen jobs inspected and accepted in {m}.",
            "Cost: £869,000 of £900,000.",
        ),
    ),
)


def exhibits(found: tuple[Exhibit, ...], stage: Stage) -> list[Event]:
    """Each file is added after what else happened to its risk that day."""
    return [Event(stage.timeline.day(each.week, each.ref), 8, partial(exhibit, stage, each)) for each in found]


def exhibit(stage: Stage, each: Exhibit, at: datetime) -> None:
    add_file(
        stage.risks[each.ref].record,
        name=each.name,
        content=BytesIO(each.make(at.date())),
        actor=stage.actor(each.post, at),
        at=at,
        reason=each.reason,
    )
