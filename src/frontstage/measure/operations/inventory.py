"""Spare parts: how many to order at once."""

from __future__ import annotations

import math
from dataclasses import dataclass

from frontstage.measure.errors import MeasureError


@dataclass(frozen=True)
class OrderQuantity:
    """Units an order, orders a period, and cost of ordering and holding for the period."""

    quantity: float
    orders: float
    cost: float


def economic_order_quantity(demand: float, order_cost: float, holding_cost: float) -> OrderQuantity:
    """√(2DS/H): ``demand`` units a period, ``order_cost`` an order, ``holding_cost`` a unit and period.

    Cost at the optimum √(2DSH). D = 1200, S = 50, H = 6 give 141.42 and 848.53.
    Sources: Harris (1913), Factory, The Magazine of Management 10; Wilson (1934), Harvard Business Review 13.
    """
    if not all(0 < value < math.inf for value in (demand, order_cost, holding_cost)):
        raise MeasureError(
            "order_quantity",
            "Demand, cost of an order and cost of holding must all be above 0.",
            "Without a cost of holding there is no best quantity: estimate it first.",
        )
    quantity = math.sqrt(2 * demand * order_cost / holding_cost)
    return OrderQuantity(quantity, demand / quantity, math.sqrt(2 * demand * order_cost * holding_cost))
