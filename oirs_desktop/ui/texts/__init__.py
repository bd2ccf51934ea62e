"""What is said: words for closed lists and dates, errors, histories, keys, help."""
