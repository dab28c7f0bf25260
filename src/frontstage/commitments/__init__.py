"""Promises kept to the second: calendars, commitments ("from A to B within T on calendar C") and their clocks.

It owns business time and every clock's life, from start to met, breached or waived. It knows a case or a visit
only as a subject (kind and id); what a breach leads to is said by those who subscribe to it.
"""
