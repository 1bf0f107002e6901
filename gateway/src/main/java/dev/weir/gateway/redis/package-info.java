/**
 * Everything that speaks to Redis, and the only home of Lettuce: the shared tier, the invalidation log with its
 * replicas' registry, and the leases of fetches. Redis is never in the way: nothing here blocks, queues without bound or fails a request.
 *
 * <p>Names in Redis: {@code weir:e:…} entries; {@code weir:l:…} leases, and {@code
 * {weir}:leases} the channel that tells of their ends; {@code {weir}:log} the log, {@code {weir}:replicas} who follows it,
 * {@code {weir}:p:…} the ids of recent purges, {@code {weir}:wake} and {@code {weir}:applied} the channels that say
 * "look", never what there is to see. The braces keep the log's keys in one slot of a cluster, since scripts touch
 * several of them at once.
 */
@NullMarked
package dev.weir.gateway.redis;

import org.jspecify.annotations.NullMarked;
