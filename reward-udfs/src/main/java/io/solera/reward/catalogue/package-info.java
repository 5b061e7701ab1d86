/** The one list of rewards. */
@NullMarked
package io.solera.reward.catalogue;

import org.jspecify.annotations.NullMarked;
