package io.solera.reward.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.solera.reward.Score;
import io.solera.reward.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Agreement with Biopython on the sequences of proteins.golden.tsv and dna.golden.tsv. */
class TestGoldenSequences {
    private static SequenceTable table(String name) throws IOException {
        return SequenceTable.read(FilesBeside.FILES.open(name));
    }

    @Test
    void everyProteinRewardIsThatOfBiopython() throws IOException {
        agrees(table("proteins.golden.tsv"), ProteinEntries.ALL);
    }

    @Test
    void everyDnaRewardIsThatOfBiopython() throws IOException {
        agrees(table("dna.golden.tsv"), DnaEntries.ALL);
    }

    private static void agrees(SequenceTable table, List<RewardEntry> entries) throws IOException {
        List<String> compared = new ArrayList<>();
        for (int column = 1; column < table.heads().size(); column++) {
            if (!table.departs(column)) {
                for (double[] pair : table.pairs(column)) {
                    assertThat(pair[0])
                            .as(table.heads().get(column))
                            .isCloseTo(pair[1], within(table.tolerance(column, pair[1])));
                }
                compared.add(RewardCall.parse(table.call(column)).name());
            }
        }
        assertThat(compared).containsAll(entries.stream().map(RewardEntry::name).toList());
    }

    @Test
    void missingIsNotZero() throws IOException {
        for (RewardEntry entry : ProteinEntries.ALL) {
            List<Score> scores = SequenceTable.create(entry.example())
                    .score(List.of("MK-VL", "MK*VL", "MKXL", "A".repeat(100_001), "MÉ"));
            assertThat(scores.stream().map(Score::status))
                    .as(entry.name())
                    .containsExactly(
                            Status.INVALID_INPUT,
                            Status.INVALID_INPUT,
                            Status.NOT_APPLICABLE,
                            Status.NOT_APPLICABLE,
                            Status.INVALID_INPUT);
        }
        for (RewardEntry entry : DnaEntries.ALL) {
            List<Score> scores = SequenceTable.create(entry.example())
                    .score(List.of("ACGU", "AC-T", "NRY", "ACG".repeat(40_000), "Á"));
            assertThat(scores.stream().map(Score::status))
                    .as(entry.name())
                    .containsExactly(
                            Status.INVALID_INPUT,
                            Status.INVALID_INPUT,
                            Status.NOT_APPLICABLE,
                            Status.NOT_APPLICABLE,
                            Status.INVALID_INPUT);
        }
    }

    @Test
    void lowerCaseIsTheSameSequence() throws IOException {
        for (String name : List.of("proteins.golden.tsv", "dna.golden.tsv")) {
            SequenceTable table = table(name);
            List<String> texts = table.sequences();
            for (int column = 1; column < table.heads().size(); column++) {
                var reward = SequenceTable.create(table.call(column));
                assertThat(reward.score(texts.stream()
                                .map(text -> text.toLowerCase(Locale.ROOT))
                                .toList()))
                        .isEqualTo(reward.score(texts.stream()
                                .map(text -> text.toUpperCase(Locale.ROOT))
                                .toList()));
            }
        }
    }
}
