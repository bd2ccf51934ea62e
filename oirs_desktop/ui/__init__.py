"""The window: Qt Widgets in Spanish, keyboard first."""
