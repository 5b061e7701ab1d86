package io.solera.reward.catalogue;

import io.solera.problem.RequestException;
import io.solera.reward.Reward;
import io.solera.reward.Shaping;
import io.solera.reward.learned.Domain;
import io.solera.reward.learned.LearnedModel;
import io.solera.reward.learned.Prediction;
import io.solera.reward.learned.Task;
import io.solera.reward.learned.encoding.Alphabet;
import io.solera.reward.learned.encoding.Ecfp4;
import io.solera.reward.learned.encoding.HiddenState;
import io.solera.reward.learned.encoding.OneHot;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Rewards from networks: first those trained on tables of measurements by {@code solera train-reward}, then those
 * exported by other programs.
 */
final class LearnedEntries {
    private static final Argument MODEL =
            new Argument("model", null, "gsk3 or jnk3, which ship with Solera, or a folder written by train-reward");
    private static final Argument TASK = new Argument("task", "", "one of the model's tasks, if it has several");
    private static final String FINGERPRINTS =
            "Rogers and Hahn, Extended-connectivity fingerprints, J. Chem. Inf. Model. 50, 742 (2010)";

    private static final List<RewardEntry> TRAINED = List.of(
            RewardEntry.of("activity", Input.SMILES, "probability of being active, by a network on ECFP4")
                    .range("0 .. 1")
                    .higher(Shaping.IDENTITY)
                    .argument(MODEL)
                    .argument(TASK)
                    .takes(
                            "domain",
                            "none",
                            "far from known actives: none does nothing, filter gives 0, ceiling limits to similarity "
                                    + "/ SIMILARITY")
                    .takes("similarity", "0.3", "to the nearest known active above which the value counts in full")
                    .definedBy("Li, Zhang and Liu, J. Cheminform. 10, 33 (2018), the task; " + FINGERPRINTS)
                    .comparedTo(
                            "scikit-learn's logistic regression on RDKit's fingerprints, same folds",
                            "average precision of both in docs/train-reward.md")
                    .example("activity(model=gsk3)")
                    .made((arguments, resources) -> prediction(arguments, resources, Task.CLASSIFICATION)),
            RewardEntry.of(
                            "applicability",
                            Input.SMILES,
                            "similarity to the nearest active in a network's training set")
                    .range("0 .. 1")
                    .higher(Shaping.IDENTITY)
                    .argument(MODEL)
                    .argument(TASK)
                    .definedBy(FINGERPRINTS)
                    .comparedTo("RDKit 2022.09.3, DataStructs.TanimotoSimilarity", "equal to 1e-6, as similarity")
                    .example("applicability(model=gsk3)")
                    .made((arguments, resources) ->
                            Prediction.applicability(model(arguments, resources), arguments.getOrDefault("task", ""))),
            RewardEntry.of(
                            "prediction",
                            Input.SMILES,
                            "value predicted by a regression network on ECFP4, such as a pIC50")
                    .unit("of the labels")
                    .range("any")
                    .higher(Shaping.linear(4, 9))
                    .argument(MODEL)
                    .argument(TASK)
                    .definedBy(FINGERPRINTS)
                    .comparedTo(
                            "ridge regression on the same fingerprints and folds",
                            "R2 and RMSE of both in docs/train-reward.md")
                    .example("prediction(model=models/jak2)")
                    .made((arguments, resources) -> prediction(arguments, resources, Task.REGRESSION)),
            sequence("protein_prediction", Input.PROTEIN, Alphabet.PROTEIN, "protein_prediction(model=models/gb1)"),
            sequence("dna_prediction", Input.DNA, Alphabet.DNA, "dna_prediction(model=models/promoter)"),
            nearness(
                    "protein_applicability",
                    Input.PROTEIN,
                    Alphabet.PROTEIN,
                    "protein_applicability(model=models/gb1)"),
            nearness("dna_applicability", Input.DNA, Alphabet.DNA, "dna_applicability(model=models/promoter)"),
            RewardEntry.of("head", Input.TEXT, "value predicted by a head on a policy's hidden state")
                    .unit("of the labels")
                    .range("any; 0 .. 1 for a classifier")
                    .higher(Shaping.IDENTITY)
                    .needs("model", "a folder written by train-reward --features policy")
                    .argument(TASK)
                    .takes("policy", "", "the policy that it was trained on, if it has been moved")
                    .definedBy("Ghari, Sciabola and Wang, NeurIPS 2025 (arXiv 2511.00220), its learned rewards")
                    .comparedTo("none: not compared with another implementation", "not measured")
                    .example("head(model=models/lipophilicity)")
                    .made(LearnedEntries::head));

    static final List<RewardEntry> ALL =
            Stream.concat(TRAINED.stream(), ImportedEntries.ALL.stream()).toList();

    private LearnedEntries() {}

    private static RewardEntry sequence(String name, Input input, Alphabet alphabet, String example) {
        return RewardEntry.of(name, input, "value or probability predicted by a network on one-hot sequences")
                .unit("of the labels")
                .range("any; 0 .. 1 for a classifier")
                .higher(Shaping.IDENTITY)
                .needs("model", "a folder that train-reward --features one-hot wrote")
                .argument(TASK)
                .takes(
                        "domain",
                        "none",
                        "far from its training set: none does nothing, filter gives the worst training label, ceiling "
                                + "limits by the similarity")
                .takes(
                        "similarity",
                        "usual",
                        "to the nearest training sequence above which the value counts in full; usual: what 95 % of "
                                + "them have to their nearest neighbour")
                .takes("worst", "lowest", "the worst label: the lowest, or the highest if less is better")
                .definedBy("none: its training table")
                .comparedTo("none: not compared with another implementation", "not measured")
                .example(example)
                .made((arguments, resources) -> sequence(arguments, resources, alphabet));
    }

    private static RewardEntry nearness(String name, Input input, Alphabet alphabet, String example) {
        return RewardEntry.of(
                        name,
                        input,
                        "share of positions with the same letter as the nearest training sequence of a network; 0 "
                                + "outside their lengths")
                .range("0 .. 1")
                .higher(Shaping.IDENTITY)
                .needs("model", "a folder that train-reward --features one-hot wrote")
                .definedBy("Hamming distance from the left, relative to the longer length")
                .comparedTo("none: not compared with another implementation", "not measured")
                .example(example)
                .made((arguments, resources) -> {
                    LearnedModel model = sequences(arguments, resources, alphabet);
                    return Prediction.applicability(model, model.tasks().get(0));
                });
    }

    private static Reward sequence(Map<String, String> arguments, Resources resources, Alphabet alphabet)
            throws IOException {
        LearnedModel model = sequences(arguments, resources, alphabet);
        Domain domain =
                model.domain(arguments.getOrDefault("domain", "none"), arguments.getOrDefault("similarity", "usual"));
        String worst = arguments.getOrDefault("worst", "lowest");
        if (!worst.equals("lowest") && !worst.equals("highest")) {
            throw new RequestException("Invalid worst: %s (must be lowest or highest)".formatted(worst));
        }
        return new Prediction(model, arguments.getOrDefault("task", ""), domain, worst.equals("lowest"));
    }

    private static LearnedModel sequences(Map<String, String> arguments, Resources resources, Alphabet alphabet)
            throws IOException {
        LearnedModel model = LearnedModel.read(resources.folder(arguments.getOrDefault("model", "")));
        if (!(model.encoding() instanceof OneHot oneHot) || oneHot.alphabet() != alphabet) {
            throw reads(arguments, model, "one-hot %s sequences".formatted(alphabet.text()));
        }
        return model;
    }

    private static Reward head(Map<String, String> arguments, Resources resources) throws IOException {
        String policy = arguments.getOrDefault("policy", "");
        LearnedModel model = LearnedModel.read(
                resources.folder(arguments.getOrDefault("model", "")),
                name -> resources.policy(policy.isEmpty() ? name : policy));
        if (!(model.encoding() instanceof HiddenState)) {
            throw reads(arguments, model, "the hidden state of a policy");
        }
        return new Prediction(model, arguments.getOrDefault("task", ""), Domain.ANYWHERE);
    }

    private static IllegalArgumentException reads(Map<String, String> arguments, LearnedModel model, String asked) {
        String use = model.encoding() instanceof OneHot oneHot
                ? oneHot.alphabet().text() + "_prediction"
                : model.task() == Task.REGRESSION ? "prediction" : "activity";
        return new RequestException("Invalid model: %s reads %s, not %s (use it as %s)"
                .formatted(arguments.get("model"), model.encoding().phrase(), asked, use));
    }

    private static Reward prediction(Map<String, String> arguments, Resources resources, Task task) throws IOException {
        LearnedModel model = model(arguments, resources);
        if (!(model.encoding() instanceof Ecfp4)) {
            throw reads(arguments, model, "ECFP4 fingerprints");
        }
        if (model.task() != task) {
            throw new RequestException("Invalid model: %s is a %s (use it as %s)"
                    .formatted(
                            arguments.get("model"),
                            model.task().text(),
                            model.task() == Task.REGRESSION ? "prediction" : "activity"));
        }
        Domain domain = task == Task.REGRESSION
                ? Domain.ANYWHERE
                : Domain.parse(arguments.getOrDefault("domain", "none"), arguments.getOrDefault("similarity", "0.3"));
        return new Prediction(model, arguments.getOrDefault("task", ""), domain);
    }

    private static LearnedModel model(Map<String, String> arguments, Resources resources) throws IOException {
        String name = arguments.getOrDefault("model", "");
        return LearnedModel.SHIPPED.contains(name)
                ? LearnedModel.shipped(name)
                : LearnedModel.read(resources.folder(name));
    }
}
