"""How much of a document is read."""

MEGABYTE = 1024 * 1024  # bytes
MOST_ON_DISK = 50 * MEGABYTE  # a scanned report of 400 pages has 40
MOST_CHARACTERS = 10_000_000  # of text; a million words have about six million
MOST_UNPACKED = 200 * MEGABYTE  # of a .docx, all its parts together
MOST_PARTS = 5_000  # of a .docx; a picture is one
MOST_TIGHTLY_PACKED = 200  # bytes unpacked for one packed; text has about 10, a file made to exhaust us 1,000
SMALL_PART = 1 * MEGABYTE
MOST_PAGES = 5_000
MOST_SECONDS = 60  # of one processor, to open one document
MOST_MEMORY = 1024 * MEGABYTE  # of address space, for the process that opens it
