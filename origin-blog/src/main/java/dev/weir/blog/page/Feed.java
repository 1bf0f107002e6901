package dev.weir.blog.page;

import dev.weir.blog.content.FrontMatter;
import dev.weir.blog.content.Post;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The Atom feed (RFC 4287): the newest posts with their descriptions. */
final class Feed {
    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final int ENTRIES = 20;

    /** What an empty feed says: §4.1.1 demands an updated element even where nothing was ever published. */
    private static final LocalDate NEVER = LocalDate.EPOCH;

    private final Site site;

    Feed(Site site) {
        this.site = site;
    }

    Body of(List<Post> newestFirst) {
        List<Post> shown = newestFirst.subList(0, Math.min(ENTRIES, newestFirst.size()));
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("feed");
            xml.writeDefaultNamespace(ATOM);
            head(xml, shown.isEmpty() ? NEVER : shown.get(0).front().date());
            for (Post post : shown) {
                entry(xml, post.front());
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return Body.of(text.toString());
    }

    private void head(XMLStreamWriter xml, LocalDate updated) throws XMLStreamException {
        element(xml, "id", id(Addresses.LIST));
        element(xml, "title", Site.TITLE);
        element(xml, "subtitle", Site.TAGLINE);
        element(xml, "updated", instant(updated));
        link(xml, "self", "application/atom+xml", Addresses.FEED);
        link(xml, "alternate", "text/html", Addresses.LIST);
    }

    private void entry(XMLStreamWriter xml, FrontMatter front) throws XMLStreamException {
        String address = Addresses.post(front.slug());
        xml.writeStartElement("entry");
        element(xml, "id", id(address));
        element(xml, "title", front.title());
        element(xml, "published", instant(front.date()));
        element(xml, "updated", instant(front.date()));
        xml.writeStartElement("author");
        element(xml, "name", front.author());
        xml.writeEndElement();
        link(xml, "alternate", "text/html", address);
        for (String tag : front.tags()) {
            xml.writeEmptyElement("category");
            xml.writeAttribute("term", tag);
        }
        element(xml, "summary", front.description());
        xml.writeEndElement();
    }

    private void link(XMLStreamWriter xml, String relation, String type, String address) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", relation);
        xml.writeAttribute("type", type);
        xml.writeAttribute("href", site.absolute(address));
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    /** §4.2.6: an id never changes, not even when the blog moves to another host; so it is made from the path alone. */
    private static String id(String address) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(("weir" + address).getBytes(StandardCharsets.UTF_8));
    }

    private static String instant(LocalDate date) {
        return date + "T00:00:00Z";
    }
}
