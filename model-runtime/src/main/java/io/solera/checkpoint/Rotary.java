package io.solera.checkpoint;

import io.solera.lang.EnumText;
import java.io.Serializable;

/**
 * The frequencies of rotary position embeddings (Su et al. 2021): pair k of a head's numbers is rotated by position x
 * frequency k. For texts longer than those a model was first trained on, the frequencies are scaled down: all of them
 * ({@code linear}), or only the low ones ({@code llama3}, Llama 3.1).
 *
 * @param factor by which they are scaled down, 1 for {@code default}
 * @param lowFactor for {@code llama3}: a frequency of fewer than {@code originalPositions / lowFactor} turns is scaled
 *     fully
 * @param highFactor for {@code llama3}: one of more than {@code originalPositions / highFactor} turns is not scaled
 */
public record Rotary(Kind kind, double theta, double factor, double lowFactor, double highFactor, int originalPositions)
        implements Serializable {
    /** Hugging Face's {@code rope_type}. */
    public enum Kind {
        DEFAULT,
        LINEAR,
        LLAMA3;

        String text() {
            return EnumText.of(this);
        }
    }

    public Rotary {
        if (!(theta > 0)) {
            throw new IllegalArgumentException("Invalid rope_theta: %s (must be above 0)".formatted(theta));
        }
        if (!(factor >= 1)) {
            throw new IllegalArgumentException("Invalid factor of rope: %s (must be 1 or more)".formatted(factor));
        }
        if (kind == Kind.LLAMA3 && !(lowFactor > 0 && highFactor > lowFactor && originalPositions > 0)) {
            throw new IllegalArgumentException(
                    "Invalid low_freq_factor, high_freq_factor of rope: %s, %s (must be above 0, the second larger)"
                            .formatted(lowFactor, highFactor));
        }
    }

    public static Rotary of(double theta) {
        return new Rotary(Kind.DEFAULT, theta, 1, 0, 0, 0);
    }

    /** The frequency of each pair of a head, in radians per position. */
    public double[] frequencies(int headSize) {
        double[] frequencies = new double[headSize / 2];
        for (int k = 0; k < frequencies.length; k++) {
            double frequency = StrictMath.pow(theta, -2.0 * k / headSize);
            frequencies[k] = switch (kind) {
                case DEFAULT -> frequency;
                case LINEAR -> frequency / factor;
                case LLAMA3 -> slowed(frequency);
            };
        }
        return frequencies;
    }

    private double slowed(double frequency) {
        double wavelength = 2 * Math.PI / frequency;
        if (wavelength < originalPositions / highFactor) {
            return frequency;
        }
        if (wavelength > originalPositions / lowFactor) {
            return frequency / factor;
        }
        double smooth = (originalPositions / wavelength - lowFactor) / (highFactor - lowFactor);
        return (1 - smooth) * frequency / factor + smooth * frequency;
    }
}
