package io.solera.reward.catalogue;

import io.solera.reward.Reward;
import io.solera.reward.Shaping;
import io.solera.reward.catalogue.RewardEntry.Direction;
import io.solera.reward.learned.Domain;
import io.solera.reward.learned.LearnedModel;
import io.solera.reward.learned.Prediction;
import io.solera.reward.learned.Task;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The rewards of networks that were trained on tables of molecules by {@code solera train-reward}. */
final class LearnedEntries {
    private static final Argument MODEL =
            new Argument("model", null, "gsk3 or jnk3, which ship with Solera, or a folder that train-reward wrote");
    private static final Argument TASK = new Argument("task", "", "which of the model's tasks, if it has several");
    private static final String FINGERPRINTS =
            "Rogers and Hahn, Extended-connectivity fingerprints, J. Chem. Inf. Model. 50, 742 (2010)";

    static final RewardEntry ACTIVITY = new RewardEntry(
            "activity",
            "probability of being active, by a network on ECFP4",
            "",
            "0 .. 1",
            Direction.HIGHER,
            Shaping.IDENTITY,
            List.of(
                    MODEL,
                    TASK,
                    new Argument(
                            "domain",
                            "none",
                            "far from known actives: none counts all, filter counts 0, ceiling at most similarity / SIMILARITY"),
                    new Argument("similarity", "0.3", "to the nearest known active, from which on all counts")),
            "Li, Zhang and Liu, J. Cheminform. 10, 33 (2018), the task; " + FINGERPRINTS,
            "scikit-learn's logistic regression on RDKit's fingerprints, same folds",
            "average precision of both in docs/train-reward.md",
            "activity(model=gsk3)",
            (arguments, resources) -> prediction(arguments, resources, Task.CLASSIFICATION));

    static final RewardEntry APPLICABILITY = new RewardEntry(
            "applicability",
            "similarity to the nearest active that a network was trained on",
            "",
            "0 .. 1",
            Direction.HIGHER,
            Shaping.IDENTITY,
            List.of(MODEL, TASK),
            FINGERPRINTS,
            "RDKit 2022.09.3, DataStructs.TanimotoSimilarity",
            "equal to 1e-6 as similarity is",
            "applicability(model=gsk3)",
            (arguments, resources) ->
                    Prediction.applicability(model(arguments, resources), arguments.getOrDefault("task", "")));

    static final RewardEntry PREDICTION = new RewardEntry(
            "prediction",
            "value that a regression network on ECFP4 expects, such as a pIC50",
            "of the labels",
            "any",
            Direction.HIGHER,
            Shaping.linear(4, 9),
            List.of(MODEL, TASK),
            FINGERPRINTS,
            "ridge regression on the same fingerprints and folds",
            "R2 and RMSE of both in docs/train-reward.md",
            "prediction(model=models/jak2)",
            (arguments, resources) -> prediction(arguments, resources, Task.REGRESSION));

    private LearnedEntries() {}

    private static Reward prediction(Map<String, String> arguments, Resources resources, Task task) throws IOException {
        LearnedModel model = model(arguments, resources);
        if (model.task() != task) {
            throw new IllegalArgumentException("Invalid model: %s is a %s (use it as %s)"
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
