package io.solera.reward.learned.encoding;

import io.solera.problem.RequestException;
import io.solera.reward.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sequences letter by letter from the left: at each position one bit per letter of its alphabet, none set for an
 * ambiguous letter (X, N, R) and after the end. Longer sequences are not applicable.
 */
public record OneHot(Alphabet alphabet, int positions) implements Encoding {
    public static final String NAME = "one-hot";

    /** A network's first layer grows with the positions. */
    public static final int MAX_POSITIONS = 2000;

    public OneHot {
        if (positions < 1 || positions > MAX_POSITIONS) {
            throw new RequestException("Invalid positions: %d (must be 1 to %d)".formatted(positions, MAX_POSITIONS));
        }
    }

    @Override
    public int width() {
        return positions * alphabet.size();
    }

    @Override
    public Key key(@Nullable String text) {
        String letters = text == null ? null : alphabet.plain(text);
        if (letters == null || letters.isEmpty()) {
            return Key.refused(Status.INVALID_INPUT);
        }
        return letters.length() > positions ? Key.refused(Status.NOT_APPLICABLE) : Key.of(letters);
    }

    @Override
    public List<Features> features(List<String> texts) {
        return texts.stream().<Features>map(text -> bits(key(text).text())).toList();
    }

    /** Encodes a sequence in capitals. */
    public Features.Bits bits(String text) {
        long[] words = new long[(width() + 63) / 64];
        for (int i = 0; i < text.length(); i++) {
            int place = alphabet.place(text.charAt(i));
            if (place >= 0) {
                int bit = i * alphabet.size() + place;
                words[bit >>> 6] |= 1L << bit;
            }
        }
        return new Features.Bits(width(), words);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String phrase() {
        return "one-hot %s sequences of up to %d letters".formatted(alphabet.text(), positions);
    }
}
