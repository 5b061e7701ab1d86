package io.solera.reward.learned.encoding;

import io.solera.reward.Status;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a text becomes the input of a network. */
public sealed interface Encoding extends Serializable permits Ecfp4, OneHot, HiddenState {
    /**
     * The identity of a text under an encoding.
     *
     * @param status why it cannot be read, or OK
     * @param text the canonical spelling of all texts with the same features; empty unless OK
     */
    record Key(Status status, String text) {
        public static Key refused(Status status) {
            return new Key(status, "");
        }

        public static Key of(String text) {
            return new Key(Status.OK, text);
        }
    }

    /** Numbers per text. */
    int width();

    Key key(@Nullable String text);

    /** The features of readable texts, in order; each depends only on its text. */
    List<Features> features(List<String> texts);

    /** The name in files and options. */
    String name();

    /** For phrases such as "a network on ECFP4 fingerprints (2048 bits)". */
    String phrase();
}
