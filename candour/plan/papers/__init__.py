"""What is written out of plans: the delivery report, the list of activities."""
