package io.solera.reward.molecule.fingerprint;

import java.util.Locale;

/** Circular fingerprints by what their atoms start from and how many bonds across they reach. */
public enum FingerprintKind {
    ECFP2(1, false),
    ECFP4(2, false),
    ECFP6(3, false),
    FCFP2(1, true),
    FCFP4(2, true),
    FCFP6(3, true);

    final int radius;
    /** Whether atoms start from their {@link Features} instead of their element and surroundings. */
    final boolean features;

    FingerprintKind(int radius, boolean features) {
        this.radius = radius;
        this.features = features;
    }

    public static FingerprintKind parse(String text) {
        for (FingerprintKind kind : values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "Invalid fingerprint: %s (must be ecfp2, ecfp4, ecfp6, fcfp2, fcfp4 or fcfp6)".formatted(text));
    }
}
