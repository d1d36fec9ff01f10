"""What can happen to a piece, one module a stage. Read top to bottom, this folder is the story of the product.

`invitations` → `drafting` → `review` → `proof` → `publishing` → `corrections`, all through the one door in `moves`.
Every public function takes keywords only: what, who (`by`), when (`at`). None reads the clock, none knows a request.
"""
