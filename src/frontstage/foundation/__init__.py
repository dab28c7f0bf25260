"""What every module stands on and no business: events, errors, actors, numbers, search text, paging, time, home.

It owns the append-only event log and the embedded database server. It knows no customer, no case and no page.
"""
