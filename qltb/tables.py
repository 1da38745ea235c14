"""Tables of libraries, which can't declare a wall themselves (core.walls)."""

OPEN_TABLES = {
    "auth.Permission": "names of permissions",
    "auth.Group": "not used; required by Django's user model",
    "auth.Group_permissions": "not used; required by Django's user model",
    "accounts.User_groups": "not used; required by Django's user model",
    "accounts.User_user_permissions": "not used: grants are guardian's, on units",
    "contenttypes.ContentType": "names of models",
    "sessions.Session": "read to find the account, before there is a scope; keys can't be guessed",
    "account.EmailAddress": "allauth's, not used: addresses are in the account",
    "account.EmailConfirmation": "allauth's, not used",
    "guardian.UserObjectPermission": "guardian's generic table, not used: grants are on units by foreign key",
    "guardian.GroupObjectPermission": "guardian's generic table, not used",
}
"""By model: why they belong to no unit."""
