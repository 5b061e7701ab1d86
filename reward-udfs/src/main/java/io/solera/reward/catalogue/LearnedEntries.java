package io.solera.reward.catalogue;

import io.solera.reward.Reward;
import io.solera.reward.Shaping;
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

    static final List<RewardEntry> ALL = List.of(
            RewardEntry.of("activity", Input.SMILES, "probability of being active, by a network on ECFP4")
                    .range("0 .. 1")
                    .higher(Shaping.IDENTITY)
                    .argument(MODEL)
                    .argument(TASK)
                    .takes(
                            "domain",
                            "none",
                            "far from known actives: none counts all, filter counts 0, ceiling at most similarity / SIMILARITY")
                    .takes("similarity", "0.3", "to the nearest known active, from which on all counts")
                    .definedBy("Li, Zhang and Liu, J. Cheminform. 10, 33 (2018), the task; " + FINGERPRINTS)
                    .comparedTo(
                            "scikit-learn's logistic regression on RDKit's fingerprints, same folds",
                            "average precision of both in docs/train-reward.md")
                    .example("activity(model=gsk3)")
                    .made((arguments, resources) -> prediction(arguments, resources, Task.CLASSIFICATION)),
            RewardEntry.of(
                            "applicability",
                            Input.SMILES,
                            "similarity to the nearest active that a network was trained on")
                    .range("0 .. 1")
                    .higher(Shaping.IDENTITY)
                    .argument(MODEL)
                    .argument(TASK)
                    .definedBy(FINGERPRINTS)
                    .comparedTo("RDKit 2022.09.3, DataStructs.TanimotoSimilarity", "equal to 1e-6 as similarity is")
                    .example("applicability(model=gsk3)")
                    .made((arguments, resources) ->
                            Prediction.applicability(model(arguments, resources), arguments.getOrDefault("task", ""))),
            RewardEntry.of(
                            "prediction",
                            Input.SMILES,
                            "value that a regression network on ECFP4 expects, such as a pIC50")
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
                    .made((arguments, resources) -> prediction(arguments, resources, Task.REGRESSION)));

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
