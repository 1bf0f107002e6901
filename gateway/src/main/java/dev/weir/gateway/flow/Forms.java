package dev.weir.gateway.flow;

import dev.weir.gateway.encode.Negotiation;
import dev.weir.gateway.encode.Recompressor;
import dev.weir.gateway.http.Headers;
import dev.weir.gateway.http.Request;
import dev.weir.gateway.policy.Body;
import dev.weir.gateway.policy.EntityTags;
import dev.weir.gateway.policy.Storage;
import dev.weir.gateway.policy.StoredResponse;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The form in which a stored response goes to one client: identity, or a coding that it accepts, with the fields of that
 * form.
 *
 * @param fields as clients get them, without Age, Content-Length and Cache-Status
 */
@SuppressWarnings("ArrayRecordComponent") // the stored bytes themselves, read only
record Forms(Headers.Builder fields, byte[] bytes) {

    /** Digests count the coding in (RFC 9530 §2, §3): the origin's are those of the identity form alone. */
    private static final List<String> OF_IDENTITY = List.of("content-md5", "digest", "content-digest", "repr-digest");

    static Forms choose(Request client, StoredResponse stored) {
        boolean eligible =
                Recompressor.isEligible(stored.headers(), stored.body().identity().length);
        // RFC 9110 §14.2: positions count in the selected representation; identity's are the only ones that last
        boolean codable = eligible && !client.headers().contains("range");
        Body.@Nullable Coded coded = codable ? Negotiation.choose(client.headers(), stored.body()) : null;
        Headers.Builder fields =
                Storage.forClients(stored.headers()).toBuilder().remove("age").remove("content-length");
        if (eligible) {
            varyByCoding(fields, stored.headers());
        }
        if (coded == null) {
            return new Forms(fields, stored.body().identity());
        }
        OF_IDENTITY.forEach(fields::remove);
        fields.add("Content-Encoding", coded.coding());
        String tag = stored.headers().first("etag");
        if (tag != null) {
            fields.remove("etag").add("ETag", EntityTags.withCoding(tag, coded.tagSuffix()));
        }
        return new Forms(fields, coded.bytes());
    }

    /** RFC 9110 §12.5.5: whatever has coded forms says so on each of them, identity too. */
    static void varyByCoding(Headers.Builder fields, Headers response) {
        String vary = response.list("vary");
        if (vary == null) {
            fields.add("Vary", "Accept-Encoding");
        } else if (!vary.toLowerCase(Locale.ROOT).contains("accept-encoding")) {
            fields.remove("vary").add("Vary", vary + ", Accept-Encoding");
        }
    }
}
