"""The nightly file of people: read, checked, planned, and carried out whole or not at all."""
