"""Papers that follow agreements to their outcomes: the commissioning report, and the value-for-money sheets."""
