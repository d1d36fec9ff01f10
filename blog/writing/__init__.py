"""The guest's desk: a writer's pieces, the writing page, the proof."""
