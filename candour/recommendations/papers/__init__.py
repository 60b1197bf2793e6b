"""What the panel is given of recommendations: the tracker paper, and the paper of what changed between two days."""
