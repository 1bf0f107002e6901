/**
 * The walk of one request, top to bottom: {@link dev.weir.gateway.flow.RequestFlow} is the page to read first. It calls
 * the leaves (route, policy, store, purge, coalesce, origin, tunnel, encode, observe); none of them calls it. In the order
 * in which a request meets them:
 *
 * <ul>
 *   <li><b>The request</b>: {@code Inbound} as it came, {@code Target} and {@code Targets} where it goes, {@code Walk} both
 *       with what follows from them; {@code Upstream} what the origin is asked; {@code RequestFlow} the first steps, up to
 *       memory.
 *   <li><b>Together</b>: {@code SharedFetch} joins or starts the flight of a {@code FlightKey} and makes the reply from what
 *       arrives; {@code FetchNotes} and {@code Markers} in {@code store} remember what is not worth joining; {@code Refresher}
 *       starts flights that nobody waits for.
 *   <li><b>The fetch</b>: {@code OriginFetch} works for the flight; {@code SharedLookup} asks Redis and, in the same step, for
 *       the lease ({@code LeaseName}, {@code Tenure}: what this replica owes the others); {@code Fetch} and {@code Offer} say
 *       what the origin is asked and what its 304 could confirm.
 *   <li><b>Its answer</b>: {@code Deciding} at the head, {@code Barred} why something is not for all, {@code Confirming} for a
 *       304; {@code Arrival} is what the flight is told. {@code Filling} carries a body to the store, {@code Passing} one that
 *       is not kept; {@code Landing} brings the flight down; {@code Linger} ends what all have left, {@code Holdup} cuts who
 *       holds the others up; {@code Keep} says for how long something is of use.
 *   <li><b>Alone</b>: {@code Forwarding} for what no flight serves, with {@code Keeping}, {@code Capture} and {@code
 *       Completion} for what of it is stored all the same (parts, answers to POST), {@code HeadUpdate} for HEAD; {@code
 *       Upgrading} for other protocols.
 *   <li><b>The reply</b>: {@code StoredReplies}, {@code ArrivingReplies}, {@code PartReplies}, {@code Partial} and {@code Cut}
 *       for ranges, {@code Problem} for failures, {@code Reply} what {@code edge} writes.
 * </ul>
 */
@NullMarked
package dev.weir.gateway.flow;

import org.jspecify.annotations.NullMarked;
