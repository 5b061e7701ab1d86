package io.solera.reward.molecule.smarts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.reward.molecule.graph.LimitExceededException;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.Molecules;
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
                "[R2] | C1CC1 | 0",
                "[r6] | C1CCC2CCCCC12 | 1",
                "[r6;r5] | C1CCC2CCCCC12 | 0",
                "[x3] | C1CCC2CCCCC12 | 1",
                "[D{2-3}] | CCC | 1",
                "[D{4-9}] | CCC | 0",
                "c/c | c1ccccc1 | 1",
                "C$C | CC | 0",
                "[2H] | [2H]C | 1",
                "[H] | CC | 0",
                "[HC] | CC(C)C | 1",
                "[h3] | CC | 1",
                "[Nh1] | CNC | 1",
                "[C@@H:3](F)Cl | FC(Cl)Br | 1",
                "[!!C] | C | 1",
                "[Ca+2] | [Ca++] | 1",
                "C%12CCC%12 | C1CCC1 | 1",
                "C1.C1 | CC | 1",
                "C!-C | C=C | 1",
                "[U] | [U] | 1",
                "[#92] | C | 0",
                "[!#6] | CO | 1",
                "[!$(CO)!$(OC)] | CO | 0"
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
    void countsDifferentSetsOfAtoms() {
        Molecule molecule = Molecules.read("c1ccccc1").optional().orElseThrow();
        assertThat(Smarts.of("c1ccccc1").matches(molecule)).isEqualTo(1);
        assertThat(Smarts.of("cc").matches(molecule)).isEqualTo(6);
        assertThat(Smarts.of("c.c").matches(molecule)).isEqualTo(15);
        assertThat(Smarts.of("n").matches(molecule)).isZero();
    }

    @Test
    void worksForALimitedNumberOfSteps() {
        Molecule chain = Molecules.read("C".repeat(100)).optional().orElseThrow();
        assertThatThrownBy(() -> Smarts.of("C.C.C.C.C.C.C.C").matches(chain))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage("more than 10000 matches of a pattern");
        assertThatThrownBy(() -> Smarts.of("C.C.C.C.C.C.C1CC1").in(chain))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage("more than 2000000 steps for patterns");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C) | a parenthesis closes that was not opened at character 3",
                "(C) | a branch must follow an atom; groups of components are not supported at character 2",
                "-C | a bond must follow an atom at character 2",
                "C= | it ends too early at character 3",
                "C-,C | a bond is missing at character 4",
                "C!C | a bond is missing at character 3",
                "1C | a ring number must follow an atom at character 2",
                "C11 | a ring must have two ends at character 4",
                "C%1C | % must be followed by two digits at character 4",
                "[C | it ends too early at character 3",
                "[12345C] | a number is too long at character 7",
                "[D{3-2}] | bounds must be written as {2-3} at character 8",
                "[$(C] | it ends too early at character 6",
                "[^2] | ^ is not an atom at character 3",
                "Xe | X is not an atom outside brackets at character 2"
            })
    void saysWhereItCannotRead(String pattern, String why) {
        assertThatThrownBy(() -> Smarts.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot read SMARTS: %s (%s)", why, pattern);
    }

    @Test
    void boundsTheLengthAndDepthOfAPattern() {
        assertThatThrownBy(() -> Smarts.of("C".repeat(2001)))
                .hasMessage("Cannot read SMARTS: it is longer than 2000 characters (%s...)", "C".repeat(40));
        assertThatThrownBy(() -> Smarts.of("[$(".repeat(30) + "C" + ")]".repeat(30)))
                .hasMessageStartingWith("Cannot read SMARTS: more than 20 levels of $(...) at character ");
    }

    @Test
    void refusesWhatItCannotRead() {
        assertThatThrownBy(() -> Smarts.of("C1CC"))
                .hasMessage("Cannot read SMARTS: a ring or branch stays open at character 5 (C1CC)");
        assertThatThrownBy(() -> Smarts.of("[Q]"))
                .hasMessage("Cannot read SMARTS: Q is not an atom at character 3 ([Q])");
    }
}
