"""
Believable data over the whole tree, the same for the same seed: `load_demo`.

`market` says what can be bought, `plan` who got how much and when, `dossiers` and `devices` write the rows,
`bulk` brings them into the database, `papers` adds the scanned minutes, `load` puts it all together.
"""
