"""What is said beside a text: notes that find their paragraph again, and what an editor has checked."""
