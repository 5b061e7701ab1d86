/** Properties of protein sequences. */
@NullMarked
package io.solera.reward.protein;

import org.jspecify.annotations.NullMarked;
