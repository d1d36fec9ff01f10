"""Where static files come from in production: names that carry a hash, so that they can be kept for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files; imports between script modules are rewritten to the hashed names too."""

    support_js_module_import_aggregation = True
