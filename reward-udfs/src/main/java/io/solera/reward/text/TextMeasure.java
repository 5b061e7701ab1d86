package io.solera.reward.text;

import io.solera.reward.Score;
import java.io.Serializable;

/** A function from a text to a value; it does not throw, and its time is nearly linear in the length of the text. */
interface TextMeasure extends Serializable {
    Score score(String text);
}
