"""How the tables of the centre came to be, step by step; Alembic runs what is missing."""
