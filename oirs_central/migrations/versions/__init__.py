"""The steps. A step that has run somewhere is never changed."""
