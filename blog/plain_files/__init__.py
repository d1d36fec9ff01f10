"""The whole site as plain files that any web server can host, so that a blog that ends stays readable for ever.

`exporting` does it all in order: `addresses` says which pages there are, `making` makes each in process with the very
functions that answer readers, `folder` writes what has changed and takes away what no longer belongs, `files` brings
pictures, documents, stylesheets and scripts, `searching` writes an index that a small script reads, `moves` what was
elsewhere once, `hosting` what web servers need to be told; `links` goes through the result at the end.
"""
