"""The metadata of a pack, written out so that the same pack gives the same bytes. Pure."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr  # writes alone  # nosec B406

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li><rdf:li xml:lang={quoted}>{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>Candour</xmp:CreatorTool><xmp:CreateDate>{date}T12:00:00Z</xmp:CreateDate>
<xmp:ModifyDate>{date}T12:00:00Z</xmp:ModifyDate>{claim}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def metadata(head: dict[str, Any]) -> bytes:
    """UTF-8. head: title, author, language, date (ISO), accessible."""
    claim = "\n<pdfuaid:part>1</pdfuaid:part>" if head["accessible"] else ""
    plain = {name: escape(head[name]) for name in ("title", "author", "language", "date")}
    return _PACKET.format(**plain, quoted=quoteattr(head["language"]), claim=claim).encode()
