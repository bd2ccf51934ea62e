"""What the counter does without a window. Nothing here imports Qt; `app.py` builds what is needed."""
