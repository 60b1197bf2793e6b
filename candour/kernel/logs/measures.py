"""What each process counts of its own work. Several processes of one server add up: see config/system/metrics.py."""

from prometheus_client import Counter, Histogram

# Seconds: what DESIGN holds a page to is 0.1.
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)

REQUESTS = Counter("candour_requests", "Requests answered, by the name of the page", ["route", "method", "status"])
SECONDS = Histogram("candour_request_seconds", "How long an answer took", ["route"], buckets=BUCKETS)
QUERIES = Counter("candour_queries", "Questions to the databases while answering", ["route"])
SLOW = Counter("candour_slow_queries", "Of them those slower than CANDOUR_SLOW_QUERY_MS", ["route"])
