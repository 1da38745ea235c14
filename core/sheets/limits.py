"""What a spreadsheet may be, and what the process that reads it may use."""

MEGABYTE = 1 << 20

MAX_BYTES = 20 * MEGABYTE
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELLS = 3_000_000  # that hold something, in all sheets together: 50,000 rows of sixty columns
MAX_SHEETS = 50
MAX_ENTRIES = 5000  # files within the ZIP that an XLSX or ODS is
MAX_UNPACKED = 400 * MEGABYTE  # of them together; a million styled empty rows are some 200 MB

MEMORY = 768 * MEGABYTE  # address space of the child
CPU_SECONDS = 40
WALL_SECONDS = 90
MAX_COPY = 200 * MEGABYTE  # the normalised copy, packed
