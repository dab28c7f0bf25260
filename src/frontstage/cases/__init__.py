"""One matter of one customer, from receipt to closing: cases, their lifecycles, messages, attachments, assignment.

It owns Case, Message and Attachment and moves a case only along its kind's lifecycle; the clocks that run on it
belong to commitments, the visits made for it to visits.
"""
