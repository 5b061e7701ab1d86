package io.solera.reward.text;

import java.io.Serializable;

/** A measure of a text against a reference. */
interface Comparison extends Serializable {
    /** The measure against this reference, with everything that depends only on the reference precomputed. */
    TextMeasure with(String reference);
}
