"""Settings of what comes in from other systems and goes out to them; part of qltb.settings."""

import environ

env = environ.FileAwareEnv()

# The feed of the HR system (art. 13.2): an https address or a folder; with neither, nothing is pulled.
HR_FEED_URL = env.str("HR_FEED_URL", default="")
HR_FEED_FOLDER = env.str("HR_FEED_FOLDER", default="")
HR_FEED_TOKEN = env.str("HR_FEED_TOKEN", default="")
HR_FEED_CA = env.str("HR_FEED_CA", default="")  # a file of certificates; empty: the system's
HR_FEED_TIMEOUT = env.int("HR_FEED_TIMEOUT", default=30)
HR_FEED_MAX_MB = env.int("HR_FEED_MAX_MB", default=50)

# Mail.
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="dummymail://")  # without a server no mail is made
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)  # seconds for each answer of the server
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Quản lý thiết bị CNTT <qltb@localhost>")

# Notices: what is read on the page within the quiet time isn't mailed; the one mail a day goes at this hour.
NOTICE_QUIET_MINUTES = env.int("NOTICE_QUIET_MINUTES", default=10)
NOTICE_DIGEST_HOUR = env.int("NOTICE_DIGEST_HOUR", default=8)
MAIL_GIVE_UP_DAYS = env.int("MAIL_GIVE_UP_DAYS", default=5)  # a mail that fails is tried for so long
MAIL_DAYS = env.int("MAIL_DAYS", default=30)  # mails are kept for so long after they were sent or given up
NOTICE_DAYS = env.int("NOTICE_DAYS", default=180)  # notices are kept for so long after they were read

# Signing (art. 13.8): the library through which tokens on the server are reached; empty: none are.
SIGNING_PKCS11_MODULE = env.str("SIGNING_PKCS11_MODULE", default="")
SIGNING_TSA_URL = env.str("SIGNING_TSA_URL", default="")  # an authority for time; empty: the signer's clock alone
SIGNING_TRIES = env.int("SIGNING_TRIES", default=3)  # wrong passwords or PINs of one account or device, then it waits
SIGNING_LOCK_MINUTES = env.int("SIGNING_LOCK_MINUTES", default=30)
SIGNING_LINK_MINUTES = env.int("SIGNING_LINK_MINUTES", default=15)  # a link to sign outside is good for so long
SIGNING_ASKS_PER_MINUTE = env.int("SIGNING_ASKS_PER_MINUTE", default=30)  # of one address, at those links

# The document system that signed reports go through (art. 13.8): folder, smtp or http; empty: this system is the way.
DISPATCH_ADAPTER = env.str("DISPATCH_ADAPTER", default="")
DISPATCH_FOLDER = env.str("DISPATCH_FOLDER", default="")
DISPATCH_URL = env.str("DISPATCH_URL", default="")
DISPATCH_TOKEN = env.str("DISPATCH_TOKEN", default="")
DISPATCH_CA = env.str("DISPATCH_CA", default="")  # a file of certificates; empty: the system's
DISPATCH_MAIL_TO = env.str("DISPATCH_MAIL_TO", default="")
DISPATCH_TIMEOUT = env.int("DISPATCH_TIMEOUT", default=30)
# A package that can't be handed over is tried for so long.
DISPATCH_GIVE_UP_DAYS = env.int("DISPATCH_GIVE_UP_DAYS", default=5)
DISPATCH_MAX_MB = env.int("DISPATCH_MAX_MB", default=60)  # largest package, made or read
# What the document system shows when it tells what became of a package; empty: it can't.
DISPATCH_RECEIPT_TOKEN = env.str("DISPATCH_RECEIPT_TOKEN", default="")
