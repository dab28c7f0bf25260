"""Who works here and who signs in: accounts, teams, roles, and what each role may do.

It owns User and Team and the table of capabilities; it leaves customers' files to customers.
"""
