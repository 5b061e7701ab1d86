package io.solera.train.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.checkpoint.file.LocalFolder;
import io.solera.checkpoint.file.MalformedModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestMoleculeMeasures {
    @TempDir
    private Path folder;

    @Test
    void sharesAreOfWhatTheySay() {
        // five samples, four valid; three distinct molecules, of which ethanol is known under another spelling
        List<String> samples = List.of("CCO", "OCC", "c1ccccc1", "CCCCN", "C1CC");
        Quality measures = MoleculeMeasures.of(
                samples, KnownSamples.of(SampleKind.MOLECULES, Stream.of("OCC").map(TestMoleculeMeasures::canonical)));
        assertThat(measures.validity()).isCloseTo(0.8, within(1e-12));
        assertThat(measures.uniqueness()).isCloseTo(0.75, within(1e-12));
        assertThat(measures.novelty()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(measures.internalDiversity()).isBetween(0.5, 1.0);
    }

    @Test
    void noveltyIsUnknownWithoutKnownMolecules() throws IOException {
        KnownSamples none = KnownSamples.read(new LocalFolder(folder));
        assertThat(MoleculeMeasures.of(List.of("CCO"), none).novelty()).isNaN();
    }

    @Test
    void samplesThatAreNoMoleculesHaveNoShares() {
        Quality measures =
                MoleculeMeasures.of(List.of("C1CC", "("), KnownSamples.of(SampleKind.MOLECULES, Stream.of("C")));
        assertThat(measures.validity()).isZero();
        assertThat(measures.uniqueness()).isNaN();
        assertThat(measures.internalDiversity()).isNaN();
    }

    @Test
    void knownMoleculesAreReadBack() throws IOException {
        LocalFolder place = new LocalFolder(folder);
        KnownSamples.of(SampleKind.MOLECULES, Stream.of("CCO", "CCN", "CCO")).write(place);
        KnownSamples read = KnownSamples.read(place);
        assertThat(read.size()).isEqualTo(2);
        assertThat(read.contains("CCN")).isTrue();
        assertThat(read.contains("CCC")).isFalse();
        assertThat(read.and(KnownSamples.of(SampleKind.MOLECULES, Stream.of("CCC")))
                        .contains("CCC"))
                .isTrue();
    }

    @Test
    void refusesATornFile() throws IOException {
        Path file = Files.write(folder.resolve(SampleKind.MOLECULES.knownFile()), new byte[12]);
        assertThatThrownBy(() -> KnownSamples.read(new LocalFolder(folder)))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage("Cannot read %s: its 12 bytes are no whole number of hashes".formatted(file));
    }

    private static String canonical(String smiles) {
        return io.solera.reward.molecule.smiles.Molecules.canonicalSmiles(smiles)
                .orElseThrow();
    }
}
