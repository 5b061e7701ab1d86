package io.solera.reward.molecule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.reward.molecule.smiles.Molecules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestStructuralAlerts {
    private static StructuralAlerts.Lines lines(String text) throws IOException {
        return StructuralAlerts.Lines.read(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "my.smarts");
    }

    private static double count(StructuralAlerts alerts, String smiles) {
        return alerts.of(Molecules.read(smiles).optional().orElseThrow());
    }

    @Test
    void countsThePatternsOfItsSets() {
        String quinone = "O=C1C=CC(=O)C=C1";
        assertThat(count(StructuralAlerts.of(List.of("pains_a")), quinone)).isEqualTo(1);
        assertThat(count(StructuralAlerts.of(List.of("pains")), quinone)).isEqualTo(1);
        assertThat(count(StructuralAlerts.of(List.of("pains", "brenk")), quinone))
                .isGreaterThan(1);
        assertThat(count(StructuralAlerts.of(List.of("pains", "brenk")), "CCO")).isZero();
    }

    @Test
    void readsAFileOfPatternsAndNames() throws IOException {
        StructuralAlerts alerts = StructuralAlerts.of(
                List.of(), lines("# mine\n\n[N+](=O)[O-] nitro\n  C(=O)[Cl,Br]\tacyl halide\n#\n[#7]-[#7]"));
        assertThat(count(alerts, "NNC(=O)Cl")).isEqualTo(2);
        assertThat(count(alerts, "CCO")).isZero();
    }

    @Test
    void namesTheLineThatItCannotRead() {
        assertThatThrownBy(() -> lines("C\n# two\nC1CC bad ring\n"))
                .hasMessage("Cannot read my.smarts: line 3 does not begin with a SMARTS");
        assertThatThrownBy(() -> lines("# nothing\n")).hasMessage("Cannot read alerts: the file has none (my.smarts)");
    }

    @Test
    void refusesUnknownSets() {
        assertThatThrownBy(() -> StructuralAlerts.of(List.of("pain")))
                .hasMessage("Invalid set of alerts: pain (must be pains, pains_a, pains_b, pains_c or brenk)");
        assertThatThrownBy(() -> StructuralAlerts.of(List.of()))
                .hasMessage("Invalid sets: none given (must be of pains, pains_a, pains_b, pains_c or brenk)");
    }
}
