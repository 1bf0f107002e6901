package dev.weir.blog.web;

/** Header fields, and values of fields, that are the same on every answer. */
final class FieldNames {
    static final String SURROGATE_KEY = "Surrogate-Key";

    /** Pages have no script and one style sheet of their own: nothing else may run, whatever a post contains. */
    static final String CONTENT_SECURITY = "default-src 'none'; style-src 'self'; img-src 'self' https:;"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private FieldNames() {}
}
