"""The paper of what changed in a register between two days."""
