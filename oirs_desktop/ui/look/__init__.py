"""How everything looks: tokens, style sheet, icons, the ring of the focus, the language."""
