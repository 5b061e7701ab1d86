package io.solera.reward.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.catalogue.Group;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.catalogue.RewardCatalogue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Agreement with sacreBLEU, rouge_score, textstat and Python on golden.jsonl, which docs/reference/texts.py wrote. */
class TestGoldenTexts {
    private static List<Judged> rows() throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Judged.FILES.open("golden.jsonl"), StandardCharsets.UTF_8))) {
            return Judged.read(lines);
        }
    }

    @Test
    void everyValueIsTheJudges() throws IOException {
        Map<String, List<Judged.Pair>> compared = Judged.compare(rows());
        compared.forEach((call, pairs) -> {
            for (Judged.Pair pair : pairs) {
                assertThat(call.startsWith("reading_") ? pair.beyondSyllables(call) : pair.difference())
                        .as("%s of %s: %s, judged %s", call, pair.row().text(), pair.ours(), pair.judged())
                        .isLessThan(1e-10);
            }
        });
        List<String> judged = compared.keySet().stream()
                .map(call -> RewardCall.parse(call).name())
                .toList();
        assertThat(judged).containsAll(names());
    }

    @Test
    void oneReferenceForAllIsTheSameAsOneForEach() throws IOException {
        List<Judged> rows = rows();
        List<String> texts = rows.stream().map(Judged::text).toList();
        String reference = "The cat sat on the mat.";
        for (String name : List.of("bleu", "rouge1", "rouge2", "rougel")) {
            Reward all = RewardCatalogue.create(new RewardCall(name, Map.of("reference", reference)), Judged.FILES);
            Reward each = RewardCatalogue.create(RewardCall.parse(name + "(reference-column=r)"), Judged.FILES);
            List<Score> scores =
                    each.score(texts, texts.stream().map(text -> reference).toList());
            assertThat(all.score(texts)).as(name).isEqualTo(scores);
            assertThat(scores.stream().map(Score::value).collect(Collectors.toSet()))
                    .hasSizeGreaterThan(1);
        }
    }

    private static List<String> names() {
        return RewardCatalogue.GROUPS.stream()
                .filter(group -> group.title().equals("Text"))
                .map(Group::entries)
                .flatMap(List::stream)
                .map(entry -> entry.name())
                .toList();
    }
}
