package io.solera.train.likelihood;

import com.google.gson.JsonObject;
import io.solera.checkpoint.file.PrettyJson;
import io.solera.config.SftJob;
import io.solera.lang.Sha256;
import io.solera.model.Sequence;
import io.solera.problem.RequestException;
import io.solera.rl.RandomKey;
import io.solera.store.RunFolder;
import io.solera.text.SpecialTokens;
import io.solera.text.Tokenizer;
import io.solera.train.rollout.PromptTokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a policy is fine-tuned on. A prompt is read after the begin token, its completion is learned with the end token;
 * the two are split into tokens one without the other, as when the policy is asked later.
 *
 * @param truncated how many prompts were cut
 * @param sha256 of the texts, whatever the order of the table
 */
public record Examples(Corpus corpus, int truncated, String sha256) {
    /** The file of round 0 that says which examples a run has. */
    static final String FILE = "examples.json";

    /**
     * A row of the table.
     *
     * @param prompt null where every token is learned
     * @param written whether a chat template wrote both: no special token is added then, and they are split into tokens
     *     as one text
     */
    public record Example(@Nullable String prompt, String learned, boolean written) {
        String asked() {
            return prompt == null ? learned : prompt;
        }
    }

    /** Of rows of texts; see the other. */
    public static Examples of(SftJob job, List<Map<String, String>> rows, Tokenizer tokenizer, int positions) {
        List<Example> all = new ArrayList<>();
        rows.forEach(row -> all.add(new Example(job.promptOf(row), job.learnedOf(row), false)));
        return ofExamples(job, all, tokenizer, positions);
    }

    /**
     * @param examples in any order; equal ones count once
     * @param positions that the network has
     */
    public static Examples ofExamples(SftJob job, List<Example> examples, Tokenizer tokenizer, int positions) {
        if (job.maxTokens() > positions) {
            throw new RequestException("Invalid max-tokens: %d (must be at most %d, what the policy can read)"
                    .formatted(job.maxTokens(), positions));
        }
        int most = job.maxTokens() == 0 ? positions : job.maxTokens();
        TreeSet<Example> distinct =
                new TreeSet<>(Comparator.comparing(Example::asked).thenComparing(Example::learned));
        distinct.addAll(examples);
        int[] truncated = new int[1];
        Corpus corpus = Corpus.of(
                distinct,
                example -> example.prompt() == null
                        ? Corpus.text(example.learned(), tokenizer)
                        : prompted(job, example.prompt(), example, tokenizer, most, truncated),
                example -> "", // they are sorted: their places are not those of the table
                Example::asked,
                most,
                job.heldOutShare(),
                RandomKey.of(job.seed()).with("held-out"));
        return new Examples(corpus, truncated[0], sha256(distinct));
    }

    private static Optional<Sequence> prompted(
            SftJob job, String prompt, Example example, Tokenizer tokenizer, int most, int[] truncated) {
        int[] asked = tokenizer.encode(prompt);
        int[] learned = example.written()
                ? written(prompt, asked, example.learned(), tokenizer)
                : tokenizer.completion(example.learned());
        SpecialTokens special = tokenizer.special();
        int room = most - (learned.length - 1) - (special.begin() == null ? 0 : 1);
        Optional<PromptTokens> read = learned.length == 0
                ? Optional.empty()
                : PromptTokens.of(asked, example.written(), special, job.truncationSide(), room);
        truncated[0] += read.isPresent() && read.get().cut() ? 1 : 0;
        return read.map(tokens -> new Sequence(tokens.tokens(), learned));
    }

    /**
     * What follows a prompt in the tokens of both: a piece of SentencePiece differs at the beginning of a text. Where a
     * token spans the border, which a policy that is asked does not see, the completion is split alone.
     */
    private static int[] written(String prompt, int[] asked, String completion, Tokenizer tokenizer) {
        int[] both = tokenizer.encode(prompt + completion);
        return both.length >= asked.length && Arrays.mismatch(both, asked) == asked.length
                ? Arrays.copyOfRange(both, asked.length, both.length)
                : tokenizer.encode(completion);
    }

    /** How many of those to train on have no end token in what is learned. */
    public long endless(SpecialTokens special) {
        return corpus.training().stream()
                .filter(sequence -> Arrays.stream(sequence.tokens()).noneMatch(special::isEnd))
                .count();
    }

    /** @throws IllegalArgumentException when a run began with others */
    void requireThoseOf(RunFolder folder) throws IOException {
        if (!folder.round(0).read(FILE).equals(PrettyJson.text(json()))) {
            throw new RequestException(
                    ("Cannot resume %s: its examples are not those that it began with (put them back, or use"
                                    + " another --run-dir)")
                            .formatted(folder.location()));
        }
    }

    /** What a run remembers of its examples. */
    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("training", corpus.training().size());
        json.addProperty("held_out", corpus.heldOut().size());
        json.addProperty("left_out", corpus.skipped());
        json.addProperty("truncated", truncated);
        json.addProperty("sha256", sha256);
        return json;
    }

    private static String sha256(Iterable<Example> examples) {
        Sha256 hash = new Sha256();
        for (Example example : examples) {
            JsonObject line = new JsonObject();
            line.addProperty("prompt", example.prompt());
            line.addProperty("learned", example.learned());
            hash.add(line + "\n");
        }
        return hash.hex();
    }
}
