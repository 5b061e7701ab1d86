package io.solera.reinvent;

import io.solera.config.TrainJob;
import io.solera.config.yaml.ConfigException;
import io.solera.config.yaml.ConfigWriter;
import io.solera.problem.RequestException;
import io.solera.problem.SettingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job of Solera that does what a configuration of staged learning asks for: one policy, trained by {@code dap} on the
 * total score of each stage in turn, with a diversity filter and a memory.
 *
 * @param yaml the job; what it does not have is in comments at its top
 * @param notes the same
 */
public record ImportedJob(String yaml, List<Note> notes) {
    /** The keys of the job that are not defaults, in the order of docs/job.md. */
    private record Keys(
            String model,
            Map<String, Map<String, Object>> rewards,
            String method,
            int stepsPerRound,
            int samplesPerStep,
            Map<String, Object> sampling,
            Map<String, Object> algorithm,
            Map<String, Object> optimizer,
            @Nullable Map<String, Object> diversityFilter,
            @Nullable Map<String, Object> replay,
            List<Map<String, Object>> stages,
            String bestBy) {}

    public ImportedJob {
        notes = List.copyOf(notes);
    }

    /**
     * @param model the policy to start from
     * @throws RequestException where no job can be made of it, and why
     */
    public static ImportedJob of(ReinventFile file, String model) {
        Section root = Section.root(file.content());
        root.text("run_type");
        List<Note> notes = new ArrayList<>();
        Section parameters = root.section("parameters");
        if (parameters.text("smiles_file") != null) {
            throw new RequestException(("Cannot import %s: parameters.smiles_file makes it a run of LibInvent,"
                            + " LinkInvent, Mol2Mol or Pepinvent, whose models Solera does not have (must be a run of"
                            + " Reinvent; prompts grow molecules from fragments: examples/fragments.yaml)")
                    .formatted(file.name()));
        }
        startFrom(parameters, model, notes);
        List<Section> stages = root.list("stage");
        if (stages.isEmpty()) {
            throw new RequestException("Cannot import %s: it has no [[stage]]".formatted(file.name()));
        }
        RewardNaming rewards = new RewardNaming();
        Steps steps = Steps.of(stages.stream()
                .map(stage -> stage.whole("max_steps", 0))
                .map(max -> Math.max(1, max))
                .toList());
        List<Map<String, Object>> written = new ArrayList<>();
        for (Section stage : stages) {
            written.add(stage(stage, steps, rewards, notes));
        }
        if (stages.size() > 1) {
            notes.add(new Note(
                    "stage.max_steps",
                    "a stage that reaches it is followed by the next one; REINVENT then ends the run"));
        }
        Keys keys = new Keys(
                model,
                rewards.all(),
                "weighted-gradients",
                steps.perRound(),
                parameters.whole("batch_size", 100),
                Entries.of("temperature", parameters.number("temperature", 1)),
                algorithm(root.section("learning_strategy"), notes),
                optimizer(root.section("learning_strategy")),
                Memories.filter(root, stages, parameters.flag("purge_memories", true), notes),
                Memories.replay(root),
                written,
                "geometric-mean");
        notes.addAll(Unmatched.of(root));
        Set<String> without = new HashSet<>();
        if (keys.diversityFilter == null) {
            without.add("diversity-filter");
        }
        if (keys.replay == null) {
            without.add("replay");
        }
        String yaml = ConfigWriter.write(keys, without);
        try {
            TrainJob.read(yaml, List.of());
        } catch (ConfigException e) {
            throw new RequestException("Cannot import %s: %s".formatted(file.name(), e.getMessage()), e);
        }
        return new ImportedJob(Note.comments(file.name(), notes) + yaml, notes);
    }

    private static void startFrom(Section parameters, String model, List<Note> notes) {
        for (String key : List.of("prior_file", "agent_file")) {
            String name = parameters.text(key);
            if (name != null) {
                notes.add(new Note(
                        parameters.path(key) + " = " + name,
                        ("networks of REINVENT are not read; the run starts from %s (--model; solera pretrain makes"
                                        + " one of your molecules)")
                                .formatted(model)));
            }
        }
    }

    private static Map<String, Object> stage(Section stage, Steps steps, RewardNaming rewards, List<Note> notes) {
        int max = stage.whole("max_steps", 0);
        if (max < 1) {
            throw new SettingException(stage.path("max_steps"), max, "must be at least 1");
        }
        int min = stage.whole("min_steps", 50);
        int rounds = steps.rounds(max);
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("rewards", Scoring.rewards(stage.section("scoring"), rewards, notes));
        written.put("min-rounds", Math.min(rounds, steps.rounds(min)));
        written.put("max-rounds", rounds);
        if (rounds * steps.perRound() != max) {
            notes.add(new Note(
                    stage.path("max_steps") + " = " + max,
                    "%d rounds of %d steps".formatted(rounds, steps.perRound())));
        }
        double score = stage.number("max_score", 1);
        String termination = stage.text("termination", "simple").toLowerCase(Locale.ROOT);
        if (!termination.equals("simple")) {
            notes.add(new Note(stage.path("termination") + " = " + termination, "the stage ends after its max-rounds"));
        } else if (score > 0) {
            written.put("target", score);
        } else {
            notes.add(new Note(stage.path("max_score") + " = 0", "the stage has no target (must be above 0)"));
        }
        return written;
    }

    private static Map<String, Object> algorithm(Section strategy, List<Note> notes) {
        String type = strategy.text("type", "dap");
        if (!type.equals("dap")) {
            notes.add(new Note(strategy.path("type") + " = " + type, "dap is used, the only one that REINVENT keeps"));
        }
        return Entries.of("name", "dap", "epochs", 1, "minibatches", 1, "sigma", strategy.number("sigma", 128));
    }

    /** Adam as REINVENT has it: no decay of weights or of the learning rate, moments that last, no clipping. */
    private static Map<String, Object> optimizer(Section strategy) {
        return Entries.of(
                "learning-rate",
                strategy.number("rate", 1e-4),
                "decay",
                "constant",
                "weight-decay",
                0.0,
                "gradient-clip",
                0.0,
                "moments",
                "keep");
    }
}
