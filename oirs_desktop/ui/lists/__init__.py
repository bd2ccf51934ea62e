"""Lists of cases, people and acts."""
