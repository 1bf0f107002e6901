/**
 * The promise of a purge, put to the test in histories that no machine would produce in years: replicas made of the classes
 * of production, a Redis and an origin that are models, one virtual time for all, and one random seed for all that
 * happens. {@code InvalidationPromiseTest} runs them; {@link dev.weir.gateway.simulation.History} is one of them,
 * {@link dev.weir.gateway.simulation.Promises} knows what must not happen.
 *
 * <p>Everything runs on the test's own thread. What are threads in production are queues here
 * ({@link dev.weir.gateway.simulation.SimulatedThread}); a thread that is stopped in the middle of a step is one whose step
 * runs the rest of the world before it goes on.
 */
@NullMarked
package dev.weir.gateway.simulation;

import org.jspecify.annotations.NullMarked;
