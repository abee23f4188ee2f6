"""Serve static files under names that hold their hash, also inside JavaScript modules."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Rewrite `import` lines of JavaScript modules to hashed names as well."""

    support_js_module_import_aggregation = True
    # Each pass settles the names one import deeper, and modules import each other nine deep (contact/chat/page.js).
    max_post_process_passes = 20
