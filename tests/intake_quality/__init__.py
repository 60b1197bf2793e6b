"""How well registers are read: invented clean papers, contradictions planted in them, recall and precision counted."""
