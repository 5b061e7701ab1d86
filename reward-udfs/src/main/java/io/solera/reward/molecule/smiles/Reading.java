package io.solera.reward.molecule.smiles;

import io.solera.reward.Status;
import io.solera.reward.molecule.graph.Molecule;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of a string: a molecule, or the reason why there is none. */
public record Reading(@Nullable Molecule molecule, Status status) {
    public static final Reading INVALID = new Reading(null, Status.INVALID_INPUT);
    static final Reading TOO_LARGE = new Reading(null, Status.NOT_APPLICABLE);

    static Reading of(Molecule molecule) {
        return new Reading(molecule, Status.OK);
    }

    public Optional<Molecule> optional() {
        return Optional.ofNullable(molecule);
    }
}
