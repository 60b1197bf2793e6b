"""The auditor's progress report as a paper."""
