"""What the server and the worker say of their own work: lines of a log, each with the request it belongs to, and counts.

Nothing here knows the house above it: an actor is a kind and a number, a page the name of its address.
"""
