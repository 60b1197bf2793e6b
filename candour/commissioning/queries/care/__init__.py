"""What can be asked of the care that is taken: due diligence, processes and their steps, what begins when."""
