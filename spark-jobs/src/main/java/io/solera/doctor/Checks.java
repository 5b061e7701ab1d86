package io.solera.doctor;

import java.util.ArrayList;
import java.util.List;

/** The one list of checks. Those of the cluster as a whole are in {@link Doctor}, in the order in which they run. */
final class Checks {
    /** Of every process, the driver's too. */
    static final List<Check> OF_A_PROCESS = List.of(
            Check.same("java", Versions::java),
            Check.same("platform", Versions::platform),
            Check.same("threads", Versions::threads),
            Check.of("temporary folder", Folders::temporary),
            Check.of("native libraries' folder", Folders::djl),
            Check.of("ND4J's folder", Folders::javaCpp),
            Check.of("Spark's folders", Folders::spark),
            Check.same("PyTorch", Natives::torch),
            Check.same("tokenizers", Natives::tokenizers),
            Check.same("ND4J", Natives::nd4j),
            Check.same("ONNX Runtime", Natives::onnx),
            Check.same("InChI", Natives::inchi),
            Check.same("compression", Natives::compression));

    /** Of every process that runs tasks; with those of SQL and of the run folder, which the driver sends. */
    private static final List<Check> OF_TASKS =
            List.of(Check.of("GPU", Gpu::ofTask), Check.same("training step", TrainingStep::on));

    private Checks() {}

    /** All that a task looks at. */
    static List<Check> ofTask(List<Check> sent) {
        List<Check> all = new ArrayList<>(OF_A_PROCESS);
        all.addAll(OF_TASKS);
        TriedReward.ALL.forEach(reward -> all.add(reward.check()));
        all.addAll(sent);
        return all;
    }
}
