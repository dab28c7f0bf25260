"""Service at the customer's site: appointments, dispatch, arrival, outcome, and the inspections that fall due.

It owns Visit, InspectionCycle and InspectionPlan. A visit moves its case through cases' own actions.
"""
