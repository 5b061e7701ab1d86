package io.solera.reward.text;

import java.io.Serializable;

/** A measure of a text beside a reference. */
interface Comparison extends Serializable {
    /** The measure of texts beside this reference, with all that depends on the reference alone made ready. */
    TextMeasure with(String reference);
}
