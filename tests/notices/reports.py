"""Messages as mail servers send them back: of a Postfix, of an Exchange, of a complaint."""


def from_postfix(number: str, address: str, *, status: str = "5.1.1", action: str = "failed", words: str = "") -> bytes:
    """With the headers of the letter alone, as Postfix sends it for a long one."""
    said = words or f"550 {status} <{address}>: Recipient address rejected: User unknown"
    return f"""From: MAILER-DAEMON@mail.mereford.example (Mail Delivery System)
To: candour@mereford.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--cut
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.mereford.example
X-Postfix-Queue-ID: 4F1D82C0
Arrival-Date: Mon, 15 Jun 2026 11:30:00 +0100 (BST)

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.elsewhere.example
Diagnostic-Code: smtp; {said}

--cut
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Return-Path: <candour@mereford.example>
Message-ID: <{number}@candour.example>
Subject: Something

--cut--
""".encode()


def from_exchange(number: str, address: str, *, status: str = "5.1.10") -> bytes:
    """With the whole letter, in the lines and base64 that Exchange makes."""
    return f"""From: <postmaster@mereford.example>
To: <candour@mereford.example>
Subject: =?utf-8?B?VW5kZWxpdmVyYWJsZQ==?=
In-Reply-To: <{number}@candour.example>
References: <{number}@candour.example>
MIME-Version: 1.0
X-MS-Exchange-Message-Is-Ndr:
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="_cut_"

--_cut_
Content-Type: multipart/alternative; boundary="_in_"

--_in_
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

PHA+WW91ciBtZXNzYWdlIGNvdWxkbid0IGJlIGRlbGl2ZXJlZC48L3A+

--_in_--

--_cut_
Content-Type: message/delivery-status

Reporting-MTA: dns;exchange.mereford.example
Received-From-MTA: dns;candour.mereford.example
Arrival-Date: Mon, 15 Jun 2026 10:30:00 +0000

Final-Recipient: rfc822;{address.upper()}
Action: failed
Status: {status}
Diagnostic-Code: smtp;550 {status} RESOLVER.ADR.RecipientNotFound; Recipient not found
X-Display-Name: Somebody

--_cut_
Content-Type: message/rfc822

From: <candour@mereford.example>
To: <{address}>
Message-ID: <{number}@candour.example>
Subject: Something

Text of the letter
--_cut_--
""".replace("\n", "\r\n").encode()


def complaint(number: str, address: str) -> bytes:
    """As a mail provider sends it of a reader who pressed its button for unwanted mail (RFC 5965)."""
    return f"""From: <abuse@elsewhere.example>
To: <candour@mereford.example>
Subject: FW: Something
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="cut"

--cut
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report.

--cut
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <candour@mereford.example>
Original-Rcpt-To: <{address}>

--cut
Content-Type: message/rfc822

From: <candour@mereford.example>
Message-ID: <{number}@candour.example>
Subject: Something

Text of the letter
--cut--
""".encode()


NOT_HERE = b"""From: chief@mereford.example
To: candour@mereford.example
Subject: Automatic reply: Request
Auto-Submitted: auto-replied
In-Reply-To: <0123456789abcdef0123456789abcdef@candour.example>
Content-Type: text/plain

I am away until Monday.
"""
