package io.solera.train.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.solera.checkpoint.file.LocalFolder;
import io.solera.config.TrainJob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestProteinMeasures {
    private static final KnownSamples KNOWN = KnownSamples.of(SampleKind.PROTEINS, Stream.of("WKL"));

    @TempDir
    private Path folder;

    @Test
    void sharesAreOfWhatTheySay() {
        // five samples, four of the twenty amino acids; three distinct chains, of which one is known
        Quality quality = ProteinMeasures.of(List.of("WKL", "WKL", "WKLRF", "DDD", "WXL"), KNOWN);
        assertThat(quality.validity()).isCloseTo(0.8, within(1e-12));
        assertThat(quality.uniqueness()).isCloseTo(0.75, within(1e-12));
        assertThat(quality.novelty()).isCloseTo(2.0 / 3, within(1e-12));
        // identities of the six pairs: 1, twice 3 of 5 columns, three times 0
        assertThat(quality.internalDiversity()).isCloseTo(1 - (1 + 2 * 0.6) / 6, within(1e-12));
    }

    @Test
    void oneChainHasNoDiversityAndNothingKnownNoNovelty() {
        Quality quality = ProteinMeasures.of(List.of("WKL", ""), KnownSamples.none());
        assertThat(quality.validity()).isEqualTo(0.5);
        assertThat(quality.novelty()).isNaN();
        assertThat(quality.internalDiversity()).isNaN();
    }

    @Test
    void knownProteinsAreReadBackAsProteins() throws IOException {
        LocalFolder place = new LocalFolder(folder);
        KNOWN.write(place);
        KnownSamples read = KnownSamples.read(place);
        assertThat(folder.resolve("known-proteins.bin")).isRegularFile();
        assertThat(read.kind()).isEqualTo(SampleKind.PROTEINS);
        assertThat(read.contains("WKL")).isTrue();
        assertThat(read.contains("WKR")).isFalse();
    }

    @Test
    void aRunWritesWhatItsRewardsRead() {
        assertThat(kind("rewards: {qed: , protein_charge: }", KNOWN)).isEqualTo(SampleKind.MOLECULES);
        assertThat(kind("rewards: {protein_charge: }", KnownSamples.none())).isEqualTo(SampleKind.PROTEINS);
        assertThat(kind("rewards: {gc_content: }", KnownSamples.none())).isEqualTo(SampleKind.TEXTS);
        assertThat(kind("rewards: {x: {sql: 'length(text)', shaping: 'linear(0, 9)'}}", KNOWN))
                .isEqualTo(SampleKind.PROTEINS);
    }

    private static SampleKind kind(String job, KnownSamples known) {
        return SampleKind.of(TrainJob.read(job, List.of()), known);
    }
}
