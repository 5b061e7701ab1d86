package io.solera.train.history;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.solera.config.AlgorithmSettings;
import io.solera.config.RewardSettings;
import io.solera.config.TrainJob;
import io.solera.lang.EnumText;
import io.solera.store.RoundWriter;
import io.solera.text.SpecialTokens;
import io.solera.train.evaluation.Evaluation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The model card of a run's policy: {@code README.md} in Markdown, with the front matter that Hugging Face's hub reads. */
public final class PolicyCard {
    static final String FILE = "README.md";

    /** The tag of a policy of molecules. */
    static final String MOLECULES = "smiles";

    private static final List<String> SHARES = List.of(
            "success",
            "hypervolume",
            "geometric_mean",
            "kl",
            "validity",
            "uniqueness",
            "novelty",
            "internal_diversity");

    private final TrainJob job;
    private final SpecialTokens special;
    private final StartingModel base;

    public PolicyCard(TrainJob job, SpecialTokens special, StartingModel base) {
        this.job = job;
        this.special = special;
        this.base = base;
    }

    /**
     * Writes the card of a round beside its policy, with the notices of the model that the run started from.
     *
     * @param before the evaluation of round 0, if there was one
     * @param after that of this round
     */
    public void write(
            RoundWriter writer, @Nullable JsonObject before, Optional<Evaluation.Result> after, List<String> rewards)
            throws IOException {
        for (Map.Entry<String, String> notice : base.notices().entrySet()) {
            writer.write("policy/" + notice.getKey(), notice.getValue());
        }
        writer.write(
                "policy/" + FILE,
                markdown(
                        writer.round(),
                        before,
                        after.map(result -> result.measures().json(rewards)).orElse(null)));
    }

    String markdown(int round, @Nullable JsonObject before, @Nullable JsonObject after) {
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
        return round == 0
                ? "%s, as a run of %s found it: nothing is trained yet.".formatted(from, solera)
                : "%s, fine-tuned on %d reward%s by %s."
                        .formatted(from, job.rewards().size(), job.rewards().size() == 1 ? "" : "s", solera);
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
                                reward.call(name).text(),
                                number(reward.weight()),
                                reward.shaping(name).text(),
                                success(reward))));
        return lines;
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
        AlgorithmSettings.Name algorithm = job.algorithm().name();
        String kl = algorithm == AlgorithmSettings.Name.DAP
                ? "augmented likelihood, sigma %s"
                        .formatted(number(job.algorithm().sigma()))
                : "KL to the reference %s (%s)"
                        .formatted(
                                number(job.kl().coefficient()),
                                EnumText.of(job.kl().form()));
        return List.of(
                "## Training",
                "",
                "- Method `%s`, algorithm `%s`; %s.".formatted(EnumText.of(job.method()), EnumText.of(algorithm), kl),
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

    private List<String> figures(int round, @Nullable JsonObject before, @Nullable JsonObject after) {
        List<String> lines = new ArrayList<>(List.of("## Figures", ""));
        if (after == null) {
            lines.add("This round was not measured.");
            return lines;
        }
        lines.add("From %s held-out samples at temperature 1 without truncation%s; 95 %% intervals in brackets."
                .formatted(
                        after.get("samples").getAsString(),
                        before == null || round == 0
                                ? ""
                                : " (before: %s)"
                                        .formatted(before.get("samples").getAsString())));
        lines.addAll(List.of("", "| measure | before | after |", "|---|---|---|"));
        for (String name : job.rewards().keySet()) {
            for (String scale : List.of("raw", "shaped")) {
                lines.add(
                        row("%s, %s".formatted(name, scale), reward(before, name, scale), reward(after, name, scale)));
            }
        }
        for (String measure : SHARES) {
            if (after.has(measure)) {
                lines.add(row(
                        measure.replace('_', ' '), before == null ? null : before.get(measure), after.get(measure)));
            }
        }
        return lines;
    }

    private static @Nullable JsonElement reward(@Nullable JsonObject evaluation, String name, String scale) {
        JsonObject reward = evaluation == null
                ? null
                : evaluation.getAsJsonObject("rewards").getAsJsonObject(name);
        return reward == null ? null : reward.get(scale);
    }

    private static String row(String name, @Nullable JsonElement before, @Nullable JsonElement after) {
        return "| %s | %s | %s |".formatted(name, figure(before), figure(after));
    }

    /** A number, or a mean with its interval. */
    private static String figure(@Nullable JsonElement figure) {
        if (figure instanceof JsonObject interval) {
            String mean = figure(interval.get("mean"));
            String low = figure(interval.get("low"));
            return low.equals("-") ? mean : "%s [%s, %s]".formatted(mean, low, figure(interval.get("high")));
        }
        if (figure == null || figure.isJsonNull() || !Double.isFinite(figure.getAsDouble())) {
            return "-";
        }
        return String.format(Locale.ROOT, "%.4g", figure.getAsDouble());
    }

    private List<String> use() {
        List<String> lines = new ArrayList<>(List.of("## Use", "", "```python", "import torch"));
        lines.addAll(job.lora() == null ? loadedWhole() : loadedBesideItsBase());
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

    private List<String> loadedBesideItsBase() {
        return List.of(
                "from peft import PeftModel",
                "from transformers import AutoModelForCausalLM, AutoTokenizer",
                "",
                "base = \"%s\"  # the model that the run started from".formatted(job.model()),
                "tokenizer = AutoTokenizer.from_pretrained(folder)",
                "model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base), folder)  # where this file is");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
