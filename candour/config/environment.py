"""What an installation is told through its environment: name, what holds without it, what it is."""

VARIABLES: tuple[tuple[str, str, str], ...] = (
    ("DATABASE_URL", "the embedded database", "sqlite:///file or postgresql://user:password@host:port/name"),
    (
        "CANDOUR_HOME",
        "var/ of a checkout, else ~/.candour",
        "Folder of the embedded database, uploaded files and the signing key",
    ),
    ("CANDOUR_SECRET_KEY", "made once and kept in CANDOUR_HOME", "Key that signs sessions; the same on every server"),
    ("CANDOUR_HOSTS", "this machine alone", "Host names that the site answers to, with commas between"),
    ("CANDOUR_HTTPS", "not set", "1 where the site is reached over HTTPS: cookies and redirects follow"),
    ("CANDOUR_DEMO", "not set", "1 lets anybody sign in by choosing a role; never for real data"),
    ("CANDOUR_FILE_LIMIT", "25", "Megabytes of one file that is taken in: a paper that is read, or evidence"),
    ("CANDOUR_PANEL_NAME", "Joint Audit, Risk and Assurance Panel", "What the body calls its audit panel"),
    (
        "CANDOUR_ADMIT_REDACTED",
        "1",
        "0 leaves a restricted risk out of public papers without a trace; 1 admits its reference",
    ),
    (
        "CANDOUR_SITE",
        "http://127.0.0.1:8000",
        "Address at which people reach the site: the beginning of links in e-mail",
    ),
    ("CANDOUR_SMTP_HOST", "not set: notices wait", "Server that takes e-mail, for `candour notices`"),
    ("CANDOUR_SMTP_PORT", "587", "Its port"),
    ("CANDOUR_SMTP_USER", "not set", "User name at it, if it asks for one"),
    ("CANDOUR_SMTP_PASSWORD", "not set", "Password at it"),
    ("CANDOUR_SMTP_TLS", "1", "0 where it takes e-mail without STARTTLS: only on the same machine"),
    ("CANDOUR_MAIL_FROM", "candour@localhost", "Address from which notices come"),
)
