"""What can happen to a piece, one module a stage. Read top to bottom, this folder is the story of the product.

`invitations` → `drafting` → `review` → `proof` → `publishing` → `corrections`, all through the one door in `moves`.
Whatever does something takes keywords only: what, who (`by`), when (`at`). No function reads the clock or knows a
request.

A row that is locked is never joined to another in the same query: after a wait PostgreSQL gives the locked row as it
is now, but joins it to what it pointed at before (an outer join then yields nothing). What it points at is read
afterwards.
"""
