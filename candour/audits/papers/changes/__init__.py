"""The paper of what changed in the audit plan between two days."""
