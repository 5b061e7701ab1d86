package io.solera.reward.learned.encoding;

import io.solera.reward.molecule.fingerprint.Fingerprint;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.Molecules;
import io.solera.reward.molecule.smiles.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Molecules as ECFP4 fingerprints of 2048 bits, whatever their spelling. */
public record Ecfp4() implements Encoding {
    public static final String NAME = "ecfp4";

    @Override
    public int width() {
        return Fingerprint.BITS;
    }

    @Override
    public Key key(@Nullable String text) {
        Reading reading = Molecules.read(text);
        Molecule molecule = reading.molecule();
        return molecule == null ? Key.refused(reading.status()) : Key.of(molecule.canonicalSmiles());
    }

    @Override
    public List<Features> features(List<String> texts) {
        return texts.stream()
                .<Features>map(text -> Features.Bits.ofFingerprint(
                        Fingerprint.of(Molecules.read(text).optional().orElseThrow())))
                .toList();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String phrase() {
        return "ECFP4 fingerprints (%d bits)".formatted(width());
    }
}
