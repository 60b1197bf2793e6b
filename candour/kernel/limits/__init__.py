"""How often somebody may ask within a minute, counted for all processes of the server together. See docs/adr/0045."""
