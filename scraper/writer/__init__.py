"""The last room: what becomes of a record. Formats (`render`), files (`files`) and the store (`archive`).

Nothing is imported here, so that printing a record never loads the database.
"""
