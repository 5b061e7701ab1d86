package io.solera.train.history;

import io.solera.config.RewardSettings;
import io.solera.config.TrainJob;
import io.solera.lang.EnumText;
import io.solera.rl.measure.Interval;
import io.solera.store.RoundWriter;
import io.solera.text.SpecialTokens;
import io.solera.train.evaluation.Evaluation;
import io.solera.train.evaluation.Measures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The model card of a run's policy: {@code README.md} in Markdown, with the front matter that Hugging Face's hub reads.
 */
public final class PolicyCard {
    static final String FILE = "README.md";

    /** The tag of a policy of molecules. */
    static final String MOLECULES = "smiles";

    private static final Interval NONE = new Interval(Double.NaN, Double.NaN, Double.NaN);

    private final TrainJob job;
    private final SpecialTokens special;
    private final StartingModel base;

    public PolicyCard(TrainJob job, SpecialTokens special, StartingModel base) {
        this.job = job;
        this.special = special;
        this.base = base;
    }

    /**
     * Writes the card of a round next to its policy, with the notices of the model that the run started from.
     *
     * @param before the evaluation of round 0, if there was one
     * @param after that of this round
     */
    public void write(RoundWriter writer, @Nullable Measures before, Optional<Evaluation.Result> after)
            throws IOException {
        for (Map.Entry<String, String> notice : base.notices().entrySet()) {
            writer.write("policy/" + notice.getKey(), notice.getValue());
        }
        writer.write(
                "policy/" + FILE,
                markdown(
                        writer.round(),
                        before,
                        after.map(Evaluation.Result::measures).orElse(null)));
    }

    String markdown(int round, @Nullable Measures before, @Nullable Measures after) {
        List<String> lines = new ArrayList<>(frontMatter());
        lines.add("# Policy of round %d".formatted(round));
        lines.add("");
        lines.add(origin(round));
        lines.add("");
        lines.addAll(rewards());
        lines.add("");
        lines.addAll(training());
        lines.add("");
        lines.addAll(figures(round, before, after));
        lines.add("");
        lines.addAll(use());
        lines.add("");
        lines.addAll(List.of("## The job", "", "```yaml", job.identity().strip(), "```"));
        return String.join("\n", lines) + "\n";
    }

    private List<String> frontMatter() {
        List<String> lines =
                new ArrayList<>(List.of("---", "library_name: transformers", "pipeline_tag: text-generation"));
        if (base.hubName() != null) {
            lines.add("base_model: " + base.hubName());
        }
        lines.addAll(base.licence());
        lines.add("tags: [solera, reinforcement-learning%s]"
                .formatted(job.writesMolecules() ? ", molecules, " + MOLECULES : ""));
        lines.add("---");
        return lines;
    }

    private String origin(int round) {
        String version = PolicyCard.class.getPackage().getImplementationVersion();
        String solera = version == null ? "Solera" : "Solera " + version;
        String from = base.hubName() == null
                ? "`%s`".formatted(job.model())
                : "`%s` (%s)".formatted(job.model(), base.hubName());
        int count = job.trained(List.copyOf(job.rewards().keySet())).size();
        return round == 0
                ? "%s, as a run of %s found it: nothing is trained yet.".formatted(from, solera)
                : "%s, fine-tuned on %d reward%s by %s.".formatted(from, count, count == 1 ? "" : "s", solera);
    }

    private List<String> rewards() {
        List<String> lines = new ArrayList<>(List.of(
                "## Rewards",
                "",
                "| name | function | weight | shaped onto [0, 1] by | a success is |",
                "|---|---|---|---|---|"));
        job.rewards()
                .forEach((name, reward) -> lines.add("| %s | `%s` | %s | `%s` | %s |"
                        .formatted(
                                name,
                                reward.sql() == null ? reward.definition(name) : cell(reward.sql()),
                                job.observe().contains(name) ? "observed" : number(reward.weight()),
                                reward.shaping(name).text(),
                                success(reward))));
        return lines;
    }

    /** A text in one line, without what ends a cell. */
    private static String cell(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ").replace("|", "\\|");
    }

    private static String success(RewardSettings reward) {
        if (reward.atLeast() == null && reward.atMost() == null) {
            return "any value";
        }
        String low = reward.atLeast() == null ? "" : "at least " + number(reward.atLeast());
        String high = reward.atMost() == null ? "" : "at most " + number(reward.atMost());
        return low + (low.isEmpty() || high.isEmpty() ? "" : ", ") + high;
    }

    private List<String> training() {
        return List.of(
                "## Training",
                "",
                "- Method `%s`, algorithm `%s`; %s."
                        .formatted(
                                job.method(),
                                EnumText.of(job.algorithm().name()),
                                job.policyOptimisation().anchor()),
                "- At most %d rounds of %d step%s of %d samples per learner%s."
                        .formatted(
                                job.allRounds(),
                                job.stepsPerRound(),
                                job.stepsPerRound() == 1 ? "" : "s",
                                job.samplesPerStep(),
                                job.prompts() == null
                                        ? ""
                                        : ", %d per prompt"
                                                .formatted(job.prompts().samplesPerPrompt())),
                "- AdamW, learning rate %s; seed %d."
                        .formatted(number(job.optimizer().learningRate()), job.seed()));
    }

    private List<String> figures(int round, @Nullable Measures before, @Nullable Measures after) {
        List<String> lines = new ArrayList<>(List.of("## Figures", ""));
        if (after == null) {
            lines.add("This round was not measured.");
            return lines;
        }
        lines.add("From %d held-out samples at temperature 1 without truncation%s; 95 %% intervals in brackets."
                .formatted(
                        after.samples(),
                        before == null || round == 0 ? "" : " (before: %d)".formatted(before.samples())));
        lines.addAll(List.of("", "| measure | before | after |", "|---|---|---|"));
        for (String name : job.rewards().keySet()) {
            row(lines, name + ", raw", before, after, of -> figure(reward(of, name, Measures.OfReward::raw)));
            row(lines, name + ", shaped", before, after, of -> figure(reward(of, name, Measures.OfReward::shaped)));
        }
        row(lines, "success", before, after, of -> figure(of.success()));
        row(lines, "hypervolume", before, after, of -> figure(of.hypervolume().interval()));
        row(lines, "geometric mean", before, after, of -> figure(of.geometricMean()));
        row(lines, "kl", before, after, of -> figure(of.kl()));
        row(lines, "validity", before, after, of -> figure(of.validity()));
        row(lines, "uniqueness", before, after, of -> figure(of.uniqueness()));
        row(lines, "novelty", before, after, of -> figure(of.novelty()));
        row(lines, "internal diversity", before, after, of -> figure(of.internalDiversity()));
        return lines;
    }

    private static @Nullable Interval reward(
            Measures evaluation, String name, Function<Measures.OfReward, Interval> scale) {
        Measures.OfReward reward = evaluation.rewards().get(name);
        return reward == null ? NONE : scale.apply(reward);
    }

    /** A row of what the evaluation after has; none where it does not. */
    private static void row(
            List<String> lines,
            String name,
            @Nullable Measures before,
            Measures after,
            Function<Measures, @Nullable String> figure) {
        String now = figure.apply(after);
        if (now != null) {
            String then = before == null ? null : figure.apply(before);
            lines.add("| %s | %s | %s |".formatted(name, then == null ? "-" : then, now));
        }
    }

    /** A mean with its interval; null without such a measure. */
    private static @Nullable String figure(@Nullable Interval interval) {
        if (interval == null) {
            return null;
        }
        String mean = digits(interval.mean());
        String low = digits(interval.low());
        return low.equals("-") ? mean : "%s [%s, %s]".formatted(mean, low, digits(interval.high()));
    }

    private static @Nullable String figure(@Nullable Double number) {
        return number == null ? null : digits(number);
    }

    private static String digits(double number) {
        return Double.isFinite(number) ? String.format(Locale.ROOT, "%.4g", number) : "-";
    }

    private List<String> use() {
        List<String> lines = new ArrayList<>(List.of("## Use", "", "```python", "import torch"));
        lines.addAll(job.trainsAdapters() ? loadedNextToItsBase() : loadedWhole());
        lines.add(
                job.prompts() == null
                        ? "prompt = torch.tensor([%s])".formatted(Arrays.toString(special.bosPrompt()))
                        : "prompt = tokenizer(\"...\", return_tensors=\"pt\").input_ids");
        lines.add("tokens = model.generate(input_ids=prompt, do_sample=True, top_k=0, max_new_tokens=%d)"
                .formatted(job.sampling().maxNewTokens()));
        lines.add("print(tokenizer.decode(tokens[0], skip_special_tokens=True))");
        lines.add("```");
        return lines;
    }

    private static List<String> loadedWhole() {
        return List.of(
                "from transformers import AutoModelForCausalLM, AutoTokenizer",
                "",
                "tokenizer = AutoTokenizer.from_pretrained(folder)  # where this file is",
                "model = AutoModelForCausalLM.from_pretrained(folder)");
    }

    private List<String> loadedNextToItsBase() {
        return List.of(
                "from peft import PeftModel",
                "from transformers import AutoModelForCausalLM, AutoTokenizer",
                "",
                "base = \"%s\"  # the model that the run started from".formatted(job.model()),
                "tokenizer = AutoTokenizer.from_pretrained(folder)",
                "model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base), folder)  # where this"
                        + " file is");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
