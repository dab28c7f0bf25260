"""The metrics of running a service: scores, queues, control charts, customers' value, order quantities.

Each takes plain numbers and arrays and returns plain results; what is counted is decided above.
"""
