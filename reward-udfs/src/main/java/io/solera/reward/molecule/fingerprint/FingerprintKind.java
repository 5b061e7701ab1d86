package io.solera.reward.molecule.fingerprint;

import io.solera.lang.EnumText;
import io.solera.problem.RequestException;

/** Circular fingerprints by their initial atom identifiers and their diameter in bonds. */
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
        return EnumText.find(FingerprintKind.class, text)
                .orElseThrow(() -> new RequestException("Invalid fingerprint: %s (must be %s)"
                        .formatted(text, EnumText.choices(FingerprintKind.class))));
    }
}
