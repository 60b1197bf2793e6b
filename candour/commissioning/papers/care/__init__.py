"""The papers of care: the status sheet of one agreement."""
