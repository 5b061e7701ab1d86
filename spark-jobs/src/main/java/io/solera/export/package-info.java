/**
 * The rounds of a run in tables of a Spark catalog, next to its folder, from which they are appended. Imports train,
 * store and table.
 */
@NullMarked
package io.solera.export;

import org.jspecify.annotations.NullMarked;
