/** The training loop: what runs where. */
@NullMarked
package io.solera.train;

import org.jspecify.annotations.NullMarked;
