"""What customers are worth: RFM, ABC, lifetime value, and the purchase models behind it."""

from frontstage.measure.operations.value.purchases import PurchaseModel, fit_purchases
from frontstage.measure.operations.value.segments import abc_classes, rfm_scores
from frontstage.measure.operations.value.spending import SpendingModel, fit_spending
from frontstage.measure.operations.value.worth import expected_value, lifetime_value

__all__ = [
    "PurchaseModel",
    "SpendingModel",
    "abc_classes",
    "expected_value",
    "fit_purchases",
    "fit_spending",
    "lifetime_value",
    "rfm_scores",
]
