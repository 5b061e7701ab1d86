package io.solera.reward.sql;

import io.solera.reward.molecule.InchiKey;
import io.solera.reward.molecule.MurckoScaffold;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.Molecules;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * What SQL can ask of a molecule besides numbers: a text, or NULL where the SMILES is no molecule or a too large one. Where a reward
 * has the same name, one parameter asks for the text, more for the reward.
 */
enum MoleculeText {
    CANONICAL_SMILES(
            "the one SMILES of a molecule among all of its spellings",
            molecule -> Optional.of(molecule.canonicalSmiles())),
    INCHIKEY("the standard InChIKey of a molecule, NULL for those that InChI does not know", InchiKey::of),
    SCAFFOLD(
            "the canonical SMILES of a molecule's Murcko scaffold, empty without rings",
            molecule -> Optional.of(MurckoScaffold.of(molecule)));

    private final String summary;

    @SuppressWarnings("ImmutableEnumChecker") // functions that hold nothing
    private final Function<Molecule, Optional<String>> text;

    MoleculeText(String summary, Function<Molecule, Optional<String>> text) {
        this.summary = summary;
        this.text = text;
    }

    static @Nullable MoleculeText named(String name) {
        for (MoleculeText each : values()) {
            if (each.function().equals(name)) {
                return each;
            }
        }
        return null;
    }

    /** As SQL names it. */
    String function() {
        return name().toLowerCase(Locale.ROOT);
    }

    String summary() {
        return summary;
    }

    @Nullable
    UTF8String of(@Nullable UTF8String smiles) {
        return smiles == null
                ? null
                : Molecules.read(smiles.toString())
                        .optional()
                        .flatMap(text)
                        .map(UTF8String::fromString)
                        .orElse(null);
    }

    /** @throws IllegalArgumentException when it is not asked of one string */
    void require(List<DataType> types) {
        if (types.size() != 1 || !(types.get(0) instanceof StringType || types.get(0) instanceof NullType)) {
            throw new IllegalArgumentException("Invalid call: %s of %d parameters, %s (must be of one string, smiles)"
                    .formatted(
                            function(),
                            types.size(),
                            types.stream().map(DataType::simpleString).toList()));
        }
    }
}
