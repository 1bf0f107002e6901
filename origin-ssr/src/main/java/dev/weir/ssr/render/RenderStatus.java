package dev.weir.ssr.render;

/**
 * The pool at one moment, for health and metrics.
 *
 * @param isolates how many isolates there should be
 * @param live how many are there
 * @param queued how many requests wait
 * @param queueLimit how many may wait
 * @param renders pages rendered since the start
 * @param failures renders that failed since the start
 * @param refused requests that found the queue full, or waited in it for too long
 * @param replaced isolates replaced since the start
 */
public record RenderStatus(
        int isolates, int live, int queued, int queueLimit, long renders, long failures, long refused, long replaced) {}
