/**
 * The phases of a load test: the herd on one cold page, the crawl that finds the pages, the browse over them.
 */
@NullMarked
package dev.weir.loadtest.run;

import org.jspecify.annotations.NullMarked;
