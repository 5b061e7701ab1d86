package io.solera.reward.molecule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestSmarts {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[CX4][Cl,Br,I] | CCCl | 1",
                "[CX4][Cl,Br,I] | C=CCl | 0",
                "c1cc([NH2])ccc1 | Nc1ccccc1 | 1",
                "c1cc([NH2])ccc1 | CNc1ccccc1 | 0",
                "[C;!R]=[N;!R] | CC=NC | 1",
                "[C;!R]=[N;!R] | C1CC=NC1 | 0",
                "*1[O,S,N]*1 | C1CO1 | 1",
                "*1[O,S,N]*1 | C1CCO1 | 0",
                "C=!@CC=[O,S] | C=CCC=O | 0",
                "C=!@CC=[O,S] | C=CC=O | 1",
                "F.F.F.F | FC(F)(F)F | 1",
                "F.F.F.F | FC(F)F | 0",
                "[15N] | C[15NH2] | 1",
                "[$([CH]),$(CC)]#CC(=O)[#6] | C#CC(=O)C | 1",
                "[N;+,+2] | C[NH3+] | 1",
                "[O-;X1] | CC(=O)[O-] | 1",
                "[nH0;X2] | n1ccccc1 | 1",
                "[nH0;X2] | [nH]1cccc1 | 0",
                "a~a | c1ccccc1 | 1",
                "[R2] | C1CC2CC12 | 1",
                "[R2] | C1CC1 | 0"
            })
    void matches(String pattern, String smiles, int expected) {
        Molecule molecule = Molecules.read(smiles).optional().orElseThrow();
        assertThat(Smarts.of(pattern).in(molecule)).isEqualTo(expected == 1);
    }

    @Test
    void countsFirstAtoms() {
        Molecule molecule = Molecules.read("OCC(O)CO").optional().orElseThrow();
        assertThat(Smarts.of("[OH]").count(molecule)).isEqualTo(3);
        assertThat(Smarts.of("OCCO").count(molecule)).isEqualTo(3);
    }

    @Test
    void refusesWhatItCannotRead() {
        assertThatThrownBy(() -> Smarts.of("C1CC"))
                .hasMessage("Cannot read SMARTS: a ring or branch stays open at character 5 (C1CC)");
        assertThatThrownBy(() -> Smarts.of("[Q]")).hasMessage("Cannot read SMARTS: Q is no atom at character 3 ([Q])");
    }
}
