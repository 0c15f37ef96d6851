"""As many products and cases as load work needs, filled by the database from the cases of the demo.

A *pattern* is something that the demo has played step by step: a certified firm, a provider with its admission, an order
with all that hangs on it. A *family* knows the tables in which such a thing has rows; a *copy* of a pattern is the same
rows for another unit, another product, another day and another amount. So every state that the demo plays is there, with
every field that the state needs, and a new state needs no line here. No trigger and no constraint rests meanwhile.
"""
