"""Lists of devices from files into the books: what a column means, what a cell says, what a row would change.

No address, no request: actions and runners call it.
"""
