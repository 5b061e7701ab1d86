/** The run folder and its commit. */
@NullMarked
package io.solera.store;

import org.jspecify.annotations.NullMarked;
