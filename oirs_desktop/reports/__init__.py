"""Paper: the receipt as PDF. The only floor that knows reportlab."""
