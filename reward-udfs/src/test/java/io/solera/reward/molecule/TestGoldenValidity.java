package io.solera.reward.molecule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.solera.reward.ParameterTable;
import io.solera.reward.Status;
import io.solera.reward.molecule.descriptor.Descriptors;
import io.solera.reward.molecule.descriptor.SaFragments;
import io.solera.reward.molecule.descriptor.SaScore;
import io.solera.reward.molecule.graph.Molecule;
import io.solera.reward.molecule.smiles.MoleculeReader;
import io.solera.reward.molecule.smiles.Molecules;
import io.solera.reward.molecule.smiles.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Valid means what RDKit calls valid: its verdicts on a grid of elements, charges, hydrogens, neighbours, rings and
 * bonds.
 */
class TestGoldenValidity {
    @Test
    void verdictsAreThoseOfRdkit() {
        List<String[]> rows = ParameterTable.rows(TestGoldenValidity.class, "validity.golden.tsv");
        assertThat(rows).hasSize(700);
        for (String[] row : rows) {
            Reading reading = MoleculeReader.read(row[0]);
            assertThat(reading.status() != Status.INVALID_INPUT).as(row[0]).isEqualTo(row[1].equals("1"));
            Molecule molecule = reading.molecule();
            if (molecule != null) {
                assertThat(Descriptors.weight(molecule)).as(row[0]).isCloseTo(Double.parseDouble(row[2]), within(1e-3));
                assertThat(molecule.graph.atoms).as(row[0]).isEqualTo(Integer.parseInt(row[3]));
                assertThat(SaScore.value(molecule, SaFragments.published()))
                        .as(row[0])
                        .isCloseTo(Double.parseDouble(row[5]), within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O=P(=O)(O)C",
                "CP(C)(C)(C)(C)C",
                "C[Si](C)(C)(C)C",
                "C[As](C)(C)(C)(C)C",
                "C[Sb](C)(C)(C)(C)C",
                "C[Bi](C)(C)(C)(C)C",
                "C[Al](C)(C)C",
                "CS(C)(C)(C)(C)(C)C",
                "CN(C)(C)C",
                "[Fe+++]",
                "[C@SP4](F)(Cl)Br",
                "[CH256]",
                "[Fe+128]",
                "[65536C]",
                "[#119]",
                "C%00CC%00",
                "C:C",
                "CC$C",
                "CCO |o1:1",
                "C C"
            })
    void refuses(String text) {
        assertThat(MoleculeReader.read(text)).isEqualTo(Reading.INVALID);
    }

    /** What is written otherwise, and the plain SMILES that it means. */
    @ParameterizedTest
    @CsvSource({
        "C1:C:C:C:C:C:1,                       c1ccccc1",
        "C%(10)CCCC%(10),                      C1CCCC1",
        "C%(12345)CCCC%(12345),                C1CCCC1",
        "'C[C@H](O)[C@@H](C)O |o1:1,3|',       C[C@H](O)[C@@H](C)O",
        "'CCO |$;R1;$| ethanol',               CCO",
        "N->[Fe],                              [Fe]<-N",
        "[NH3][Fe],                            N->[Fe]",
        "O=[n]1ccccc1,                         [O-][n+]1ccccc1",
        "CN=N#N,                               CN=[N+]=[N-]",
        "[#6H4],                               C",
        "[te]1cccc1,                           C1=C[Te]C=C1",
        "[siH]1ccccc1,                         C1=CC=CC=[SiH]1",
        "[Uuo],                                [Og]",
        "C[H],                                 C"
    })
    void readsAs(String text, String plain) {
        assertThat(Molecules.canonicalSmiles(text)).isPresent().isEqualTo(Molecules.canonicalSmiles(plain));
    }

    @ParameterizedTest
    @CsvSource({
        "[16*]c1ccccc1, 77.106", // the number of a cut bond is a label
        "[1*]CC[2*], 28.054",
        "[64Cu+2], 63.929764", // an isotope has its own mass
        "[13CH4], 17.035355",
        "[2H]O[2H], 20.027204",
        "[999C], 999", // one that is not known has its number
        "CCO, 46.069"
    })
    void weighs(String smiles, double dalton) {
        assertThat(Descriptors.weight(Molecules.read(smiles).optional().orElseThrow()))
                .isCloseTo(dalton, within(2e-3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "N->[Fe]",
                "CN~C",
                "[Rh]$[Rh]",
                "CIC",
                "C[I](C)C",
                "C1=C[Al-3]C=C1",
                "[16*]CC[1*]",
                "n1ccccc1->[Cu](Cl)(Cl)<-n1ccccc1",
                "N1->[Fe]<-NCC1"
            })
    void whatIsWrittenIsReadBack(String smiles) {
        String canonical = Molecules.canonicalSmiles(smiles).orElseThrow();
        assertThat(Molecules.canonicalSmiles(canonical)).hasValue(canonical);
    }
}
