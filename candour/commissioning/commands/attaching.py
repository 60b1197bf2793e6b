"""Contacts that are confirmed, and documents whose text is looked through."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import BinaryIO

from candour.commissioning import rules
from candour.commissioning.access import CommissioningPermission
from candour.commissioning.commands.base import not_to_come, standing
from candour.commissioning.models import Agreement, Contact, Document
from candour.commissioning.queries import template_in_use
from candour.kernel.access import Actor, require
from candour.kernel.calendar import local_date
from candour.kernel.evidence.commands import add_file
from candour.kernel.history.recording import recording, recording_many
from candour.kernel.intake.document import Paragraph
from candour.kernel.intake.readers import UnreadableFile, read_document
from candour.kernel.rules import Refused


def add_contact(
    agreement: Agreement,
    *,
    role: str,
    email: str,
    on: date,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> Contact:
    """Name whom to ask at the provider, by post; confirmed on a day. Raises Refused for no post, or an address that is none."""
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    standing(agreement)
    email = email.strip()
    if not role.strip():
        raise Refused("role", "Enter the contact’s post")
    if email and ("@" not in email[1:-1] or " " in email):
        raise Refused("email", "Enter an e-mail address, such as name@example.org")
    not_to_come(on, local_date(at))
    with recording(
        "agreement.contact_added", agreement.record, actor=actor, at=at, effective=effective, reason=reason.strip()
    ):
        return Contact.objects.create(agreement=agreement, role=role.strip()[:120], email=email[:200], confirmed_on=on)


def confirm_contact(
    contact: Contact,
    *,
    on: date,
    actor: Actor,
    at: datetime,
    left: bool = False,
    reason: str = "",
    effective: date | None = None,
) -> Contact:
    """Record that a contact was found to be right on a day, or (left) to have gone. Raises Refused for a day to come."""
    record = contact.agreement.record
    require(actor, CommissioningPermission.MANAGE, record)
    standing(contact.agreement)
    if contact.left_on is not None:
        raise Refused("contact", "This contact has gone: add the new one")
    not_to_come(on, local_date(at))
    event = "agreement.contact_gone" if left else "agreement.contact_confirmed"
    with recording(event, record, actor=actor, at=at, effective=effective, reason=reason.strip()):
        if left:
            contact.left_on = on
        else:
            contact.confirmed_on = on
        contact.save()
    return contact


def confirm_contacts(
    contacts: Sequence[Contact], *, on: date, actor: Actor, at: datetime, reason: str = ""
) -> list[Contact]:
    """Record that many contacts were found to be right on a day, as a yearly round does: an entry on each agreement.

    Raises Refused for one that has gone, one of an agreement that has ended, and a day to come.
    """
    not_to_come(on, local_date(at))
    for one in contacts:
        require(actor, CommissioningPermission.MANAGE, one.agreement.record)
        standing(one.agreement)
        if one.left_on is not None:
            raise Refused("contact", f"{one.role} has gone: add the new contact")
    records = {one.agreement_id: one.agreement.record for one in contacts}
    with recording_many(
        "agreement.contact_confirmed", list(records.values()), actor=actor, at=at, effective=on, reason=reason.strip()
    ):
        for one in contacts:
            one.confirmed_on = on
            one.save()
    return list(contacts)


def attach(
    agreement: Agreement,
    *,
    which: str,
    name: str,
    content: BinaryIO,
    template: str,
    actor: Actor,
    at: datetime,
    reason: str = "",
    effective: date | None = None,
) -> Document:
    """Put a file on the agreement as one of its papers, and look through the text of the agreement itself.

    template: the version that the agreement is written on, "" where it is not said. It is old where another version was in
    use on the day. Raises Refused for a paper that is none, and for a file that is not taken as evidence.
    """
    require(actor, CommissioningPermission.MANAGE, agreement.record)
    standing(agreement)
    if which not in Document.Which.values:
        raise Refused("which", "Choose what the file is")
    day = effective or local_date(at)
    file = add_file(
        agreement.record, name=name, content=content, actor=actor, at=at, reason=reason, effective=effective
    )
    text = _lines(file.name, content) if which == Document.Which.AGREEMENT else None
    found = rules.check_text(text, agreement.record.title) if text is not None else None
    in_use = template_in_use(agreement.record.organisation_id, agreement.kind, day)
    with recording(
        "agreement.document_attached", agreement.record, actor=actor, at=at, effective=effective, reason=reason.strip()
    ):
        return Document.objects.create(
            agreement=agreement,
            file=file,
            which=which,
            template=template.strip()[:40],
            on=day,
            checked=found is not None,
            old_template=bool(template.strip() and in_use and in_use.version != template.strip()),
            brackets=len(found.brackets) if found else 0,
            places="\n".join(found.brackets) if found else "",
            undated=bool(found and found.undated),
            blank_signature=bool(found and found.blank_signature),
            title_differs=bool(found and found.title_differs),
        )


def _lines(name: str, content: BinaryIO) -> list[str] | None:
    """The paragraphs and cells of a Word file, a PDF or a text; None where there is no text to read, as in a photograph."""
    if not name.lower().endswith((".docx", ".pdf", ".txt")):
        return None
    content.seek(0)
    try:
        document = read_document(content.read(), name)
    except UnreadableFile:
        return None
    found = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        else:
            found += [text for row in block.rows for text in row.texts]
    return [line for line in found if line.strip()] or None
