/** What a run did, as a page to look at: made from its folder alone. */
@NullMarked
package io.solera.report;

import org.jspecify.annotations.NullMarked;
