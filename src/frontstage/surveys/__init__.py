"""Asking: versioned instruments, studies, invitations with one answer each, and the responses.

It owns Instrument, Item, Study, Invitation, Response and Answer. What the answers mean is said by quality and
satisfaction, through measure.
"""
