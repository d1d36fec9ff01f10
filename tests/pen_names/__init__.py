"""A pen name holds: whoever is behind one is looked for in everything that anybody else can get."""
