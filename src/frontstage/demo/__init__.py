"""The demonstration organisation, Binjiang Gas, and a deterministic year of its service, of any size.

It owns the story and how it is written to the database; everything it writes follows the rules of the house.
"""
