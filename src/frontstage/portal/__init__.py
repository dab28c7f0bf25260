"""The customer's own pages: report, follow, answer, read, on a phone, in Chinese or English.

It owns no data; it calls the public doors of the modules below and shows only what is this customer's.
"""
