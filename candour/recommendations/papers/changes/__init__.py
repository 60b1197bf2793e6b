"""The paper of what changed in the tracker between two days."""
