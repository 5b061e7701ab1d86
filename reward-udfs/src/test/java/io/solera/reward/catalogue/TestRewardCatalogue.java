package io.solera.reward.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestRewardCatalogue {
    /** The groups whose rewards need nothing but files, which lie beside this test. */
    private static final List<String> RULES = List.of("Molecules", "Proteins", "DNA", "Text");

    private static Reward create(String call) throws IOException {
        return RewardCatalogue.create(RewardCall.parse(call), FilesBeside.FILES);
    }

    /** The examples of all rules. */
    private static List<RewardEntry> rules() {
        return RewardCatalogue.GROUPS.stream()
                .filter(group -> RULES.contains(group.title()))
                .flatMap(group -> group.entries().stream())
                .toList();
    }

    @Test
    void everyEntryIsComplete() {
        for (RewardEntry entry : RewardCatalogue.ENTRIES) {
            assertThat(List.of(
                            entry.name(),
                            entry.summary(),
                            entry.range(),
                            entry.citation(),
                            entry.reference(),
                            entry.deviation(),
                            entry.example()))
                    .as(entry.name())
                    .allSatisfy(text -> assertThat(text).isNotBlank().isNotEqualTo("pending"));
            assertThat(RewardCatalogue.check(RewardCall.parse(entry.example()))).isSameAs(entry);
        }
        assertThat(RewardCatalogue.ENTRIES.stream().map(RewardEntry::name))
                .doesNotHaveDuplicates()
                .contains("qed", "sa", "logp", "mw", "tpsa", "similarity", "fluency");
    }

    @Test
    void noTextMakesARuleThrow() throws IOException {
        List<String> texts = Arrays.asList(
                null,
                "",
                " ",
                "C".repeat(10_000),
                "(".repeat(10_000),
                "C1".repeat(5_000),
                "\u00e9\ud83d\ude00",
                "C\0C",
                "[",
                "[]",
                "%",
                "%1",
                "C%",
                "[C",
                "C]",
                ".",
                "C..C",
                "*",
                "[H]",
                "[H][H]",
                "[Na+]",
                "[2H]",
                "c",
                "C1CC",
                "$",
                "C$C",
                "C~C",
                "[U]",
                "[999C]",
                "[C@@@]",
                "[CH99]",
                "C(C)(C)(C)(C)C",
                "C=1CC-1",
                "C->[Fe]",
                "[Og]",
                "[C-99]");
        for (RewardEntry entry : rules()) {
            List<Score> scores = create(entry.example()).score(texts);
            assertThat(scores).as(entry.name()).hasSameSizeAs(texts);
            assertThat(scores.get(0).status()).as(entry.name()).isEqualTo(Status.INVALID_INPUT);
            if (entry.input() == Input.SMILES) {
                assertThat(scores.get(1).status()).isEqualTo(Status.INVALID_INPUT);
                assertThat(scores.get(3).status()).as("10,000 carbon atoms").isEqualTo(Status.NOT_APPLICABLE);
                assertThat(scores.get(4).status()).isEqualTo(Status.INVALID_INPUT);
            }
        }
    }

    @Test
    void rewardsTravel() throws IOException, ClassNotFoundException {
        List<String> texts =
                List.of("CC(=O)Oc1ccccc1C(=O)O", "broken(", "CCN", "MKVLAAGIW", "ACGTACGTTTGACCA", "A plain line.");
        for (RewardEntry entry : rules()) {
            Reward reward = create(entry.example());
            List<Score> before = reward.score(texts);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(reward);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                assertThat(((Reward) in.readObject()).score(texts))
                        .as(entry.name())
                        .isEqualTo(before);
            }
            assertThat(bytes.size()).as("caches stay behind").isLessThan(5_000);
        }
    }

    @Test
    void refusesWhatTheCatalogueLacks() {
        assertThatThrownBy(() -> create("qde"))
                .hasMessage("Invalid reward: qde (must be one of 'solera rewards'; nearest: qed)");
        assertThatThrownBy(() -> create("sa(tabel=x)"))
                .hasMessage("Invalid argument: tabel of sa(tabel=x) (must be one of table; nearest: table)");
        assertThatThrownBy(() -> create("qed(model=x)"))
                .hasMessage("Invalid argument: model of qed(model=x) (qed takes none)");
        assertThatThrownBy(() -> create("similarity"))
                .hasMessage("Invalid reward: similarity (reference must be given, as in "
                        + "similarity(reference='CC(=O)Oc1ccccc1C(=O)O'))");
        assertThatThrownBy(() -> create("similarity(reference='C1CC')"))
                .hasMessage("Invalid reference: C1CC (must be the SMILES of a molecule)");
        assertThatThrownBy(() -> create("fluency(model=prior)")).hasMessage("no model prior");
        assertThatThrownBy(() -> create("sa(table=lost.gz)")).hasMessage("no file lost.gz");
    }

    @Test
    void defaultsAreFilledIn() {
        assertThatThrownBy(() -> create("fluency")).hasMessage("no model reference");
    }
}
