/**
 * Rewards learned from tables of measurements, and networks that other programs exported. A text goes in; a prediction
 * comes out, with the similarity of the text to the network's training data. Imports reward.learned.encoding and
 * model.imported.
 */
@NullMarked
package io.solera.reward.learned;

import org.jspecify.annotations.NullMarked;
