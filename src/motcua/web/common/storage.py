"""Static files with hashed names, compressed, and ES modules that import each other by those names."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # the library has no types
    """WhiteNoise's storage; without the flag, `import "./b.js"` would keep the unhashed name."""

    support_js_module_import_aggregation = True
    manifest_strict = False
