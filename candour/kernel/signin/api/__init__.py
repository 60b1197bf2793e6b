"""The door of a directory: SCIM 2.0 (RFC 7643, RFC 7644), by which it says itself who joins, moves and leaves."""
