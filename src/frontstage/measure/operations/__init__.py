"""The metrics of running a service: scores, queues, control charts, customers' value, order quantities.

Each takes plain numbers and arrays and returns plain results; which cases and calls they count is decided above.
"""
