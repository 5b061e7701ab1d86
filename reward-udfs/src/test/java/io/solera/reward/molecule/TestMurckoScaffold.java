package io.solera.reward.molecule;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.Molecules;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Frameworks as RDKit 2022.09.3 cuts them (MurckoScaffold.MurckoScaffoldSmiles, without chirality). */
class TestMurckoScaffold {
    private static final Map<String, String> OF_RDKIT = Map.ofEntries(
            Map.entry("CC(=O)Oc1ccccc1C(=O)O", "c1ccccc1"),
            Map.entry("CN1C=NC2=C1C(=O)N(C(=O)N2C)C", "O=c1[nH]c(=O)c2[nH]cnc2[nH]1"),
            Map.entry("C[n+]1ccccc1", "c1cc[nH+]cc1"),
            Map.entry("C[N+]1(C)CCCC1", "C1CC[NH2+]C1"),
            Map.entry("O=C(Nc1ccccc1)c1ccccc1", "O=C(Nc1ccccc1)c1ccccc1"),
            Map.entry("CC(C)=C1CCCCC1", "C=C1CCCCC1"),
            Map.entry("C1CCCCC1=NO", "N=C1CCCCC1"),
            Map.entry("c1ccccc1CS(=O)(=O)C1CC1", "O=S(=O)(Cc1ccccc1)C1CC1"),
            Map.entry("C[C@H]1CC[C@@H](C(=O)N2CCOCC2)C1", "O=C(C1CCCC1)N1CCOCC1"),
            Map.entry("Cn1cccc1.Cl", "c1cc[nH]c1"),
            Map.entry("C1CC2CC1CC2C#N", "C1CC2CCC1C2"),
            Map.entry("c1ccccc1/C=C/C1CC1", "C(=CC1CC1)c1ccccc1"),
            Map.entry("[O-][N+](=O)c1ccc([2H])cc1", "c1ccccc1"));

    private static Molecule molecule(String smiles) {
        Molecule molecule = Molecules.read(smiles).molecule();
        assertThat(molecule).as(smiles).isNotNull();
        return molecule;
    }

    @Test
    void isTheOneOfRdkit() {
        OF_RDKIT.forEach((smiles, scaffold) -> assertThat(MurckoScaffold.of(molecule(smiles)))
                .as(smiles)
                .isEqualTo(molecule(scaffold).canonicalSmiles()));
    }

    @Test
    void isItsOwnScaffold() {
        OF_RDKIT.values()
                .forEach(scaffold -> assertThat(MurckoScaffold.of(molecule(scaffold)))
                        .isEqualTo(molecule(scaffold).canonicalSmiles()));
    }

    @Test
    void doesNotDependOnTheSpelling() {
        for (String spelling : List.of("O=C(O)c1ccccc1OC(C)=O", "C1=CC=CC(C(O)=O)=C1OC(C)=O")) {
            assertThat(MurckoScaffold.of(molecule(spelling))).isEqualTo("c1ccccc1");
        }
    }

    @Test
    void isEmptyWithoutRings() {
        assertThat(MurckoScaffold.of(molecule("CC(C)CC(N)C(=O)O"))).isEmpty();
        assertThat(MurckoScaffold.of(molecule("[Na+].[Cl-]"))).isEmpty();
    }
}
