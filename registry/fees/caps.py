"""The caps of open license fees (GL V-11 §3.3)."""

from decimal import Decimal

FIXED_CAP = Decimal("20000000.00")
SALES_CAP = Decimal("20.00")
PROFIT_CAP = Decimal("40.00")
