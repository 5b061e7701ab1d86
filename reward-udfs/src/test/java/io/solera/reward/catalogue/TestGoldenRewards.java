package io.solera.reward.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.solera.reward.Score;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every molecule reward against RDKit, on the molecules and calls of molecules.tsv. */
class TestGoldenRewards {
    private final GoldenTable table = GoldenTable.read("molecules.tsv");

    @Test
    void everyMoleculeRewardHasAColumn() {
        List<String> names = table.calls().stream()
                .map(call -> RewardCall.parse(call).name())
                .toList();
        assertThat(names)
                .containsAll(MoleculeEntries.ALL.stream().map(RewardEntry::name).toList());
        assertThat(table.smiles()).hasSizeGreaterThan(80);
    }

    @Test
    void valuesAreThoseOfRdkit() throws IOException {
        for (String call : table.calls()) {
            List<Score> scores = RewardCatalogue.create(RewardCall.parse(call), FilesBeside.FILES)
                    .score(new ArrayList<>(table.smiles()));
            double[] reference = table.values(call);
            double error = 0;
            for (int i = 0; i < reference.length; i++) {
                String name = call + " of " + table.smiles().get(i);
                assertThat(scores.get(i).present()).as(name).isTrue();
                double value = scores.get(i).value();
                assertThat(value).as(name).isCloseTo(reference[i], within(tolerance(call)));
                error += Math.abs(value - reference[i]) / reference.length;
            }
            assertThat(error).as("mean error of " + call).isLessThan(meanTolerance(call));
        }
    }

    /** SA's fragments are counted from other molecules than RDKit's; everything else differs by rounding alone. */
    private static double tolerance(String call) {
        return switch (call) {
            case "sa" -> 4.6; // of sodium chloride; 2 else
            case "penalised_logp" -> 5.5;
            case "mw" -> 0.002;
            case "tpsa" -> 1e-3;
            default -> 2e-5;
        };
    }

    private static double meanTolerance(String call) {
        return call.equals("sa") ? 0.32 : call.equals("penalised_logp") ? 0.38 : 1e-4;
    }
}
