package io.solera.train.rollout;

import com.google.gson.JsonObject;
import io.solera.checkpoint.file.PrettyJson;
import io.solera.config.PromptSettings;
import io.solera.lang.Sha256;
import io.solera.problem.RequestException;
import io.solera.rl.RandomKey;
import io.solera.store.RecordJson;
import io.solera.store.RunFolder;
import io.solera.table.file.EmptyTableException;
import io.solera.text.LeftOut;
import io.solera.text.SpecialTokens;
import io.solera.text.TokenizationException;
import io.solera.text.Tokenizer;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The prompts of a run. In step g, counted over all rounds, every learner completes the same ones, G times each: they
 * are walked through in an order of their own in each pass. What a policy is measured on is held out, chosen by a keyed
 * hash of the text.
 *
 * @param all first those to train on, then the held-out ones
 * @param training how many of them are trained on
 * @param perPrompt G
 * @param whole whether rewards read prompt and completion as one text
 * @param truncated how many were cut
 * @param unwritten those that the vocabulary cannot write, left out
 */
public record Prompts(List<Prompt> all, int training, int perPrompt, boolean whole, int truncated, LeftOut unwritten)
        implements Serializable {
    /** The file of round 0 that says which prompts a run has. */
    public static final String FILE = "prompts.json";

    public Prompts {
        all = List.copyOf(all);
    }

    /** Of a job without prompts: the begin token alone. */
    public static Prompts none(SpecialTokens special) {
        return new Prompts(
                List.of(new Prompt(null, special.bosPrompt(), Map.of())),
                1,
                Integer.MAX_VALUE,
                false,
                0,
                new LeftOut());
    }

    /** Of rows of texts; see the other. */
    public static Prompts of(
            PromptSettings settings, List<Map<String, String>> rows, Tokenizer tokenizer, int longest, RandomKey key) {
        return of(settings, rows, false, tokenizer, longest, key);
    }

    /**
     * @param rows of the table, in any order; equal ones count once
     * @param written whether a chat template wrote the prompts, with the special tokens that it wants
     * @param longest tokens that fit before the longest completion, the begin token included
     * @throws EmptyTableException when there are too few to hold some out
     */
    public static Prompts of(
            PromptSettings settings,
            List<Map<String, String>> rows,
            boolean written,
            Tokenizer tokenizer,
            int longest,
            RandomKey key) {
        SpecialTokens special = tokenizer.special();
        int room = longest - (special.begin() == null ? 0 : 1);
        if (room < 1 || settings.maxTokens() > room) {
            throw new RequestException("Invalid prompts.max-tokens: %d (must be at most %d, what the policy can"
                            .formatted(settings.maxTokens(), room)
                    + " read before the longest completion; or lower sampling.max-new-tokens)");
        }
        int most = settings.maxTokens() == 0 ? room : settings.maxTokens();
        List<Prompt> training = new ArrayList<>();
        List<Prompt> heldOut = new ArrayList<>();
        int truncated = 0;
        LeftOut unwritten = new LeftOut();
        // sorted, so that the order of the table's parts does not matter
        TreeMap<String, Map<String, String>> distinct = new TreeMap<>();
        rows.forEach(row -> distinct.put(line(row), row));
        for (Map<String, String> row : distinct.values()) {
            String text = settings.text(row);
            int[] tokens;
            try {
                tokens = tokenizer.encode(text);
            } catch (TokenizationException e) {
                unwritten.add(e);
                continue;
            }
            Optional<PromptTokens> read = PromptTokens.of(tokens, written, special, settings.truncationSide(), most);
            if (read.isPresent()) {
                truncated += read.get().cut() ? 1 : 0;
                boolean held = key.with("held-out").with(text).uniform(0) < settings.heldOutShare();
                (held ? heldOut : training).add(new Prompt(text, read.get().tokens(), row));
            }
        }
        if (training.isEmpty() || heldOut.isEmpty()) {
            throw new EmptyTableException(
                    ("Cannot train on prompts of %s: of %d rows %d are to train on and %d held out (must be"
                                    + " at least one each; see prompts.held-out-share)%s")
                            .formatted(
                                    settings.table(),
                                    rows.size(),
                                    training.size(),
                                    heldOut.size(),
                                    unwritten.count() == 0 ? "" : "; " + unwritten.message("prompts")));
        }
        List<Prompt> all = new ArrayList<>(training);
        all.addAll(heldOut);
        return new Prompts(
                all,
                training.size(),
                settings.samplesPerPrompt(),
                settings.scored() == PromptSettings.Scored.WHOLE,
                truncated,
                unwritten);
    }

    /** Tokens of the longest, the begin token included. */
    public int longest() {
        return all.stream().mapToInt(prompt -> prompt.tokens().length).max().orElse(1);
    }

    /** Whether there are any. */
    public boolean present() {
        return all.get(0).text() != null;
    }

    /** The text of a sample that rewards read. */
    String text(Prompt prompt, int[] completion, Tokenizer tokenizer) {
        if (!whole) {
            return tokenizer.decode(completion);
        }
        int[] tokens = Arrays.copyOf(prompt.tokens(), prompt.tokens().length + completion.length);
        System.arraycopy(completion, 0, tokens, prompt.tokens().length, completion.length);
        return tokenizer.decode(tokens);
    }

    /** Samples with the same prompt that lie next to each other in a rollout of so many. */
    int groupSize(int samples) {
        return Math.min(perPrompt, samples);
    }

    /** The places of the prompts of a step's samples. */
    public int[] ofStep(long step, int samples, RandomKey key) {
        int group = groupSize(samples);
        int groups = (samples + group - 1) / group;
        int[] places = new int[samples];
        long pass = -1;
        int[] order = new int[0];
        for (int k = 0; k < groups; k++) {
            long position = step * groups + k;
            if (position / training != pass) {
                pass = position / training;
                order = key.with("prompts").with(pass).permutation(training);
            }
            int place = order[(int) (position % training)];
            Arrays.fill(places, k * group, Math.min(samples, (k + 1) * group), place);
        }
        return places;
    }

    /** The places of the prompts of an evaluation's samples: the held-out ones in turn. */
    public int[] heldOut(int samples) {
        int[] places = new int[samples];
        int count = all.size() - training;
        for (int s = 0; s < samples; s++) {
            places[s] = count == 0 ? 0 : training + s % count;
        }
        return places;
    }

    /** @throws IllegalArgumentException when a run began with others */
    public void requireThoseOf(RunFolder folder) throws IOException {
        String begun = folder.round(0).read(FILE);
        if (!begun.equals(PrettyJson.text(json()))) {
            throw new RequestException(
                    ("Cannot resume %s: its prompts are not those that it began with (put them back, or use"
                                    + " another --run-dir)")
                            .formatted(folder.location()));
        }
    }

    /** What a run remembers of its prompts. */
    public JsonObject json() {
        return RecordJson.write(new PromptCounts(training, all.size() - training, truncated, sha256()));
    }

    private String sha256() {
        Sha256 hash = new Sha256();
        for (Prompt prompt : all) {
            hash.add(line(prompt.columns()) + prompt.text() + "\n");
        }
        return hash.hex();
    }

    private static String line(Map<String, String> row) {
        JsonObject json = new JsonObject();
        new TreeMap<>(row).forEach(json::addProperty);
        return json.toString();
    }
}
