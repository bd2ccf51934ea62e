"""Documents that come in, and the receipt that goes out."""
