"""The paper of what changed in the register of agreements between two days."""
