package dev.weir.blog.page;

import dev.weir.blog.content.Post;
import dev.weir.blog.markdown.Article;
import dev.weir.blog.markdown.Markdown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prints a snapshot: all posts in, all pages out. Pure but for the templates; takes as long as rendering everything. */
public final class Press {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String ATOM = "application/atom+xml; charset=utf-8";

    private final Site site;
    private final Markdown markdown = new Markdown();
    private final Templates templates = new Templates();
    private final Assets assets = Assets.load();
    private final Feed feed;

    public Press(Site site) {
        this.site = site;
        this.feed = new Feed(site);
    }

    /**
     * Renders everything anew.
     *
     * @param posts newest first
     * @param previous the snapshot before, whose unchanged pages keep their Last-Modified; null at the start
     * @param now when this snapshot takes over
     */
    public Snapshot print(List<Post> posts, @Nullable Snapshot previous, Instant now) {
        Map<String, Page> pages = new HashMap<>();
        printPosts(posts, pages);
        printList(posts, pages);
        byTag(posts).forEach((tag, tagged) -> printTag(tag, tagged, pages));
        pages.put(
                Addresses.FEED,
                new Page(feed.of(posts), ATOM, Freshness.FEED, List.of(Tags.BLOG, Tags.FEED), Tags.FEED, null));
        pages.replaceAll((address, page) -> LastModified.stamp(address, page, previous, now));
        for (Assets.Asset asset : List.of(assets.style(), assets.icon())) {
            pages.put(asset.address(), asset.page());
        }
        Body notFound = templates.notFound(frame("Not found", "There is no such page.", null));
        return new Snapshot(pages, notFound, posts.size());
    }

    private void printPosts(List<Post> posts, Map<String, Page> pages) {
        for (int i = 0; i < posts.size(); i++) {
            Post post = posts.get(i);
            Article article = markdown.render(post.markdown());
            PostView view = new PostView(
                    PostCard.of(post.front(), article.words()),
                    article.html(),
                    post.front().toc() ? article.outline() : List.of(),
                    i + 1 < posts.size() ? card(posts.get(i + 1)) : null,
                    i > 0 ? card(posts.get(i - 1)) : null);
            String address = Addresses.post(post.slug());
            Frame frame = frame(post.front().title(), post.front().description(), address);
            String tag = Tags.post(post.slug());
            pages.put(address, html(templates.post(frame, view), List.of(Tags.BLOG, tag), tag));
        }
    }

    private void printList(List<Post> posts, Map<String, Page> pages) {
        List<PostCard.TagLink> topics =
                byTag(posts).keySet().stream().map(PostCard.TagLink::of).toList();
        for (Slice slice : Slice.of(posts, site.pageSize())) {
            ListView view =
                    list("All notes", Site.TAGLINE, slice.number() == 1 ? topics : List.of(), slice, Addresses.LIST);
            putList(pages, Addresses.LIST, slice, view, Tags.LIST);
        }
    }

    private void printTag(String tag, List<Post> posts, Map<String, Page> pages) {
        String path = Addresses.tag(tag);
        String count = posts.size() == 1 ? "One note" : posts.size() + " notes";
        for (Slice slice : Slice.of(posts, site.pageSize())) {
            ListView view = list("Tagged " + tag, count + " on this subject.", List.of(), slice, path);
            putList(pages, path, slice, view, Tags.tag(tag));
        }
    }

    private void putList(Map<String, Page> pages, String path, Slice slice, ListView view, String tag) {
        String address = Addresses.numbered(path, slice.number());
        String title = slice.number() == 1 ? view.heading() : view.heading() + ", page " + slice.number();
        List<String> tags = new ArrayList<>(List.of(Tags.BLOG, tag));
        slice.posts().forEach(post -> tags.add(Tags.post(post.slug())));
        pages.put(address, html(templates.list(frame(title, view.introduction(), address), view), tags, tag));
    }

    private ListView list(
            String heading, String introduction, List<PostCard.TagLink> topics, Slice slice, String path) {
        int number = slice.number();
        return new ListView(
                heading,
                introduction,
                slice.posts().stream().map(this::card).toList(),
                topics,
                number,
                slice.count(),
                number > 1 ? Addresses.numbered(path, number - 1) : null,
                number < slice.count() ? Addresses.numbered(path, number + 1) : null);
    }

    private PostCard card(Post post) {
        return PostCard.of(post.front(), Markdown.words(post.markdown()));
    }

    private Frame frame(String title, String description, @Nullable String address) {
        return new Frame(
                title,
                description,
                address == null ? null : site.absolute(address),
                assets.style().address(),
                assets.icon().address());
    }

    private static Page html(Body body, List<String> tags, String changeTag) {
        return new Page(body, HTML, Freshness.PAGE, tags, changeTag, null);
    }

    private static Map<String, List<Post>> byTag(List<Post> posts) {
        Map<String, List<Post>> tags = new TreeMap<>();
        for (Post post : posts) {
            post.front()
                    .tags()
                    .forEach(tag ->
                            tags.computeIfAbsent(tag, t -> new ArrayList<>()).add(post));
        }
        return tags;
    }
}
