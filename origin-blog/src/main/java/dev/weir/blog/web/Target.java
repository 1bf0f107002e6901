package dev.weir.blog.web;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a request asks for.
 *
 * @param path as it stands in the request, not decoded: every address of the blog is plain ASCII, so whatever needs
 *     decoding is none of them, and no two spellings name one page
 * @param page number of the list page from 1; 0 if the parameter is no such number
 */
record Target(String path, int page) {
    private static final Pattern PAGE = Pattern.compile("(?:^|&)page=([^&]*)");
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,5}");

    static Target of(URI uri) {
        String query = uri.getRawQuery();
        Matcher page = PAGE.matcher(query == null ? "" : query);
        if (!page.find()) {
            return new Target(uri.getRawPath(), 1);
        }
        String number = page.group(1);
        return new Target(uri.getRawPath(), NUMBER.matcher(number).matches() ? Integer.parseInt(number) : 0);
    }
}
