"""Register data from outside: files read record by record, records read into patents. Pure, no ORM."""
