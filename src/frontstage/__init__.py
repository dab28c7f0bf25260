"""Frontstage runs an organisation's customer service and tells it how good that service is.

Serve, listen, measure, improve, serve better: in one program, on one database. docs/explanation/architecture.md is the map.
"""

__version__ = "0.1.0"
