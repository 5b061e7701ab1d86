/**
 * Rewards learned from tables of measurements, and networks that other programs exported. A text goes in; a prediction
 * comes out, with how near the text is to what the network knows. Imports reward.learned.encoding and model.imported.
 */
@NullMarked
package io.solera.reward.learned;

import org.jspecify.annotations.NullMarked;
