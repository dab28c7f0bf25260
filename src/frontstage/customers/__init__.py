"""Who is served: customer files, how each is reached, where the service happens, and who needs special care.

It owns Customer, ContactPoint, Site and District. What a customer asked for lies in cases, not here.
"""
