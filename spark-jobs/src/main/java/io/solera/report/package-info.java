/**
 * What a run did, as a page to look at, made from its folder alone. Imports store and the keys that train writes.
 */
@NullMarked
package io.solera.report;

import org.jspecify.annotations.NullMarked;
