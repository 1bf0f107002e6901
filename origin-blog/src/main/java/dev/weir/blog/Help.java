package dev.weir.blog;

/** What {@code --help} prints. */
final class Help {
    static final String TEXT = """
            The blog origin of Weir: Markdown files as pages below /blog/.

              java -jar weir-origin-blog.jar [--help]

            Settings, all by environment:

              BLOG_PORT            port, 0 for a free one                              8081
              BLOG_ADDRESS         address to listen on                                127.0.0.1
              BLOG_CONTENT         folder of *.md files                                origin-blog/content,
                                                                                       else content
              BLOG_ENABLE_DRAFTS   publish drafts too: true or false                   false
              BLOG_PUBLIC_URL      where readers reach the blog, for canonical links   http://localhost:8080
                                   and the feed
              BLOG_PAGE_SIZE       posts per list page                                 8
              WEIR_PURGE_URLS      management addresses of gateways, comma-separated;  (none: no purge events)
                                   one that answers is enough
              WEIR_ADMIN_KEY       the gateways' key, needed with WEIR_PURGE_URLS

            SIGHUP reads the folder again. Pages that changed are purged from the gateway by tag.
            GET /actuator/health tells how that goes; /actuator/metrics/origin.requests counts requests.
            """;

    private Help() {}
}
