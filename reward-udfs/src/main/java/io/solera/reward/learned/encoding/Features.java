package io.solera.reward.learned.encoding;

import io.solera.reward.molecule.fingerprint.Fingerprint;
import java.io.Serializable;

/** What a network reads of one text: bits, which stay packed until they are read, or numbers. */
public sealed interface Features extends Serializable {
    int width();

    /** Fills a row of {@link #width} values. */
    void write(float[] row);

    /** @param words bits in words of 64, the first bit the lowest */
    record Bits(int width, long[] words) implements Features {
        public static Bits ofFingerprint(long[] words) {
            return new Bits(Fingerprint.BITS, words);
        }

        @Override
        public void write(float[] row) {
            for (int bit = 0; bit < width; bit++) {
                row[bit] = (words[bit >>> 6] >>> bit) & 1;
            }
        }
    }

    record Numbers(float[] values) implements Features {
        @Override
        public int width() {
            return values.length;
        }

        @Override
        public void write(float[] row) {
            System.arraycopy(values, 0, row, 0, values.length);
        }
    }
}
