package io.solera.reward.learned.encoding;

import io.solera.reward.Status;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a text becomes what a network reads. */
public sealed interface Encoding extends Serializable permits Ecfp4, OneHot, HiddenState {
    /**
     * A text as far as an encoding tells texts apart.
     *
     * @param status why it cannot be read, or OK
     * @param text its one spelling among all that give the same features; empty unless OK
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

    /** Of texts that can be read, in order; they depend on each text alone. */
    List<Features> features(List<String> texts);

    /** The word in files and options. */
    String name();

    /** In a phrase, such as "a network on ECFP4 fingerprints (2048 bits)". */
    String phrase();
}
