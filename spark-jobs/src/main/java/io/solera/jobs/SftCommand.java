package io.solera.jobs;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.tokenizer.ChatFormat;
import io.solera.config.SftJob;
import io.solera.jobs.console.ExitCode;
import io.solera.jobs.console.LikelihoodConsole;
import io.solera.jobs.console.StopNotice;
import io.solera.jobs.input.Chats;
import io.solera.jobs.input.JobFile;
import io.solera.jobs.input.Models;
import io.solera.jobs.input.TableRows;
import io.solera.jobs.options.JobOption;
import io.solera.jobs.options.RunOptions;
import io.solera.jobs.session.SparkSessions;
import io.solera.problem.StopRequest;
import io.solera.store.RunFolder;
import io.solera.table.TableName;
import io.solera.table.file.EmptyTableException;
import io.solera.table.file.TextOptions;
import io.solera.text.SpecialTokens;
import io.solera.train.history.PolicyFolder;
import io.solera.train.likelihood.Examples;
import io.solera.train.likelihood.Examples.Example;
import io.solera.train.likelihood.SupervisedTuning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "sft",
        mixinStandardHelpOptions = true,
        description = "Fine-tune a policy on a table of texts, or of prompts and completions, by likelihood.",
        footer = {"", RunOptions.EXIT_CODES})
final class SftCommand implements Callable<Integer> {
    private static final int NAMED = 3;

    @Mixin
    private JobOption config = new JobOption();

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public Integer call() throws Exception {
        JobFile file = config.read();
        SftJob asked = SftJob.read(file.yaml(), options.overrides());
        SupervisedTuning.settings(asked);
        String location = options.location(file.name());
        StopRequest stop = options.stopRequest(location);
        try (StopNotice notice = options.stopNotice(stop, "step")) {
            SparkSessions.run(file.name(), location, spark -> {
                Configuration configuration = spark.sparkContext().hadoopConfiguration();
                options.requireResume(location, configuration);
                Models models = new Models(configuration);
                List<String> overrides = new ArrayList<>(models.pinned(options.overrides(), asked.model()));
                Policy policy =
                        models.trained(SftJob.read(file.yaml(), overrides).model(), asked::trainable);
                Set<String> inputs = new TreeSet<>(models.inputs());
                TableName name =
                        new TableName(asked.table(), null, TextOptions.of(asked.separator(), asked.encoding()));
                if (!name.catalogued()) {
                    inputs.add(asked.table());
                }
                options.requireApart(location, inputs, configuration);
                TableRows table = TableRows.of(spark, name);
                overrides.addAll(asked.namedBy(table.columns()));
                SftJob job = SftJob.read(file.yaml(), overrides);
                Optional<Chats> chats = Chats.of(job, table);
                List<Example> learned = chats.isPresent()
                        ? conversations(job, chats.get(), table, policy)
                        : texts(job, table.rows(job.columns(), Set.of()));
                Examples examples = Examples.ofExamples(
                        job, learned, policy.tokenizer(), policy.config().contextLength());
                if (chats.isPresent()) {
                    warnOfEndless(examples, policy);
                }
                examples.corpus().requireBatch(job.batchSize());
                try (RunFolder folder = RunFolder.open(
                        location,
                        configuration,
                        job.yaml(),
                        text -> SftJob.read(text, List.of()).identity(),
                        options.opening())) {
                    LikelihoodConsole console = new LikelihoodConsole(stop);
                    notice.place(console::place);
                    console.begun(examples.corpus(), policy, SupervisedTuning.settings(job));
                    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
                    int before = folder.rounds().all().size();
                    new SupervisedTuning(context, job, folder, policy, examples, console).run();
                    boolean done = folder.rounds().all().size() == before;
                    System.out.println("run " + folder.location() + (done ? " is done already" : ""));
                    System.out.println("policy "
                            + folder.lastRound()
                                    .orElseThrow()
                                    .folder(PolicyFolder.NAME)
                                    .location());
                }
            });
        }
        return ExitCode.DONE;
    }

    /** Of the rows that have something to learn. */
    private static List<Example> texts(SftJob job, List<Map<String, String>> rows) {
        List<Example> kept = new ArrayList<>();
        List<Integer> left = new ArrayList<>();
        for (int k = 0; k < rows.size(); k++) {
            Map<String, String> row = rows.get(k);
            if (job.lacks(row)) {
                left.add(k + 1);
            } else {
                kept.add(new Example(job.promptOf(row), job.learnedOf(row), false));
            }
        }
        String what = job.text() != null ? "text" : "completion";
        tellLeft(
                job,
                rows.size(),
                left,
                "the %s of all %d rows is null".formatted(what, rows.size()),
                "their %s is null".formatted(what));
        return kept;
    }

    /** Of the rows in which the assistant answers something. */
    private static List<Example> conversations(SftJob job, Chats chats, TableRows table, Policy policy)
            throws IOException {
        ChatFormat format = ChatFormat.of(policy.tokenizer(), job.model(), job.day());
        List<Map<String, String>> rows = table.rows(chats.columns(), chats.columns());
        List<Example> kept = new ArrayList<>();
        List<Integer> left = new ArrayList<>();
        for (int k = 0; k < rows.size(); k++) {
            Optional<Example> example = chats.example(rows.get(k), k, format);
            example.ifPresent(kept::add);
            if (example.isEmpty()) {
                left.add(k + 1);
            }
        }
        tellLeft(
                job,
                rows.size(),
                left,
                "in none of its %d rows an assistant (a message with role assistant and a content) answers something"
                        .formatted(rows.size()),
                "no assistant answers something in them");
        return kept;
    }

    /** Says how many rows are left out, and which are the first. */
    private static void tellLeft(SftJob job, int rows, List<Integer> left, String all, String some) {
        String first = left.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        if (!left.isEmpty() && left.size() == rows) {
            throw new EmptyTableException("Cannot train on %s: %s (rows %s, ...)".formatted(job.table(), all, first));
        }
        if (!left.isEmpty()) {
            System.out.printf(
                    "%d of %d rows of %s are left out, as %s (rows %s%s)%n",
                    left.size(), rows, job.table(), some, first, left.size() > NAMED ? ", ..." : "");
        }
    }

    private static void warnOfEndless(Examples examples, Policy policy) {
        SpecialTokens special = policy.tokenizer().special();
        long endless = examples.endless(special);
        if (endless > 0) {
            System.out.printf(
                    "%d of %d answers have none of the model's end tokens (ids %s), so that it does not learn to stop"
                            + " after them (put the id of the token that its chat template writes after an answer into"
                            + " eos_token_id of generation_config.json)%n",
                    endless,
                    examples.corpus().training().size(),
                    special.ends().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
    }
}
