package io.solera.reinvent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Keys of REINVENT that a job does not have, with what is in their place. */
final class Unmatched {
    private static final String UNKNOWN = "no counterpart; the job does not have it";

    private record Reason(Predicate<String> key, String text) {}

    /** The first that matches counts; the name of a key with its path, without indices. */
    private static final List<Reason> REASONS = List.of(
            reason("device|use_cuda", "where steps run is up to Spark's executors: docs/gpu.md"),
            reason("tb_logdir|.*tb_isim", "report.html in the run folder has the charts: docs/run-folder.md"),
            reason("json_out_config", "job.yaml in the run folder has every key of the job"),
            reason("parameters.summary_csv_prefix", "rollouts.parquet of each round has every sample"),
            reason("parameters.use_checkpoint", "a run is resumed by --resume; a new one starts with empty memories"),
            reason(
                    "parameters.unique_sequences",
                    "samples that are drawn twice count twice; the diversity filter counts them"),
            reason("parameters.randomize_smiles", "samples are learned as they were drawn"),
            reason(
                    "parameters.(isomeric_smiles|sample_strategy|distance_threshold)",
                    "of REINVENT's transformer models only"),
            reason("stage.chkpt_file", "the run folder keeps the policy and the state of rounds: docs/run-folder.md"),
            reason(".*scoring.parallel", "rewards are scored on all slots of Spark: docs/spark.md"),
            reason(".*scoring.use_pumas", "transforms are REINVENT's own"),
            reason("inception.deduplicate", "the memory has each molecule once"),
            reason("intrinsic_penalty.*", "no counterpart; the diversity filter's penalty has the same curves"),
            reason("responder.*", "metrics.jsonl and Prometheus have the numbers of a run: docs/spark.md"),
            reason("scheduler.*", "the learning rate is constant (optimizer.decay)"));

    private Unmatched() {}

    private static Reason reason(String key, String text) {
        return new Reason(
                Pattern.compile(key.replace(".", "\\.").replace("\\.*", ".*")).asMatchPredicate(), text);
    }

    /** A note for every key that was not read. */
    static List<Note> of(Section root) {
        List<Note> notes = new ArrayList<>();
        for (String unread : root.unread()) {
            String key = unread.replaceAll(" = .*", "").replaceAll("\\[\\d+]", "");
            String text = REASONS.stream()
                    .filter(reason -> reason.key.test(key))
                    .map(Reason::text)
                    .findFirst()
                    .orElse(UNKNOWN);
            notes.add(new Note(unread, text));
        }
        return notes;
    }
}
