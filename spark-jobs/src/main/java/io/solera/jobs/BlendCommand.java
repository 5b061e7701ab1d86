package io.solera.jobs;

import io.solera.checkpoint.AdapterFolder;
import io.solera.checkpoint.AdapterFolder.Adapter;
import io.solera.checkpoint.Lora;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.NetworkConfig;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.Folder;
import io.solera.cluster.HadoopConfigurations;
import io.solera.jobs.console.ExitCode;
import io.solera.jobs.input.Models;
import io.solera.jobs.options.OverwriteOption;
import io.solera.problem.RequestException;
import io.solera.rl.BlockVector;
import io.solera.rl.blend.LowRankUpdate;
import io.solera.rl.blend.WeightedMean;
import io.solera.table.output.OutputPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "blend",
        mixinStandardHelpOptions = true,
        description = {
            "Blend policies, or adapters of one base.",
            "The weighted mean of models or adapters; weights are relative. Adapters of the same base give an"
                    + " adapter, reduced to --rank by the nearest adapter of that rank, whose relative error"
                    + " is reported; with --merge they give a whole model, which does not need PEFT."
        },
        footer = {
            "",
            "Examples:",
            "  solera blend --output blend runs/qed=1 runs/sa=2",
            "  solera blend --output adapter-8 --rank 8 runs/lora@10=1",
            "  solera blend --output model --merge runs/lora=1"
        })
final class BlendCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FOLDER=WEIGHT",
            description = "Model or adapter folders, or runs (RUN, RUN@last, RUN@7), with their weights.")
    private Map<String, Double> folders = new LinkedHashMap<>();

    @Option(names = "--output", required = true, paramLabel = "FOLDER", description = "The folder for the blend.")
    private String output = "";

    @Option(
            names = "--rank",
            paramLabel = "N",
            description = "Rank of the adapter (default: the sum of the adapters' ranks).")
    private @Nullable Integer rank;

    @Option(names = "--merge", description = "Write a whole model instead of an adapter.")
    private boolean merge;

    @Mixin
    private OverwriteOption overwrite = new OverwriteOption();

    @Override
    public Integer call() throws IOException {
        if (rank != null && (rank < 1 || merge)) {
            throw new RequestException(
                    "Invalid rank: %d (must be at least 1, and absent with --merge)".formatted(rank));
        }
        Configuration configuration = HadoopConfigurations.ofSpark();
        OutputPath target = overwrite.path(output, configuration, "blend");
        Models models = new Models(configuration);
        List<String> names = List.copyOf(folders.keySet());
        double[] weights = WeightedMean.of(names.stream()
                .mapToDouble(name -> folders.getOrDefault(name, 0.0))
                .toArray());
        int adapters = 0;
        for (String name : names) {
            adapters += AdapterFolder.is(models.folder(name)) ? 1 : 0;
        }
        target.requireApart(models.inputs(), configuration);
        if (!merge && adapters == names.size()) {
            blendAdapters(models, names, weights, target);
        } else if (!merge && adapters > 0) {
            throw new RequestException(
                    "Cannot blend %d adapters and %d models in an adapter: blend them as models with --merge"
                            .formatted(adapters, names.size() - adapters));
        } else {
            blendModels(models, names, weights, target);
        }
        target.finish();
        return ExitCode.DONE;
    }

    private static void blendModels(Models models, List<String> names, double[] weights, OutputPath target)
            throws IOException {
        List<Policy> policies = new ArrayList<>();
        for (String name : names) {
            policies.add(models.policy(name));
        }
        Policy first = policies.get(0);
        for (int i = 1; i < policies.size(); i++) {
            if (!policies.get(i).config().equals(first.config())
                    || !policies.get(i).tokenizer().equals(first.tokenizer())) {
                throw new RequestException(
                        "Cannot blend %s with %s: networks or tokenizers differ".formatted(names.get(i), names.get(0)));
            }
        }
        BlockVector blend = BlockVector.combine(
                weights,
                policies.stream().map(policy -> policy.parameters().whole()).toList());
        ModelFolder.write(target.folder(), first.with(blend));
        System.out.printf("model of %d parameters%npolicy %s%n", blend.size(), target.name());
    }

    private void blendAdapters(Models models, List<String> names, double[] weights, OutputPath target)
            throws IOException {
        String base = models.base(names.get(0));
        Policy whole = models.policy(base);
        NetworkConfig config = whole.config();
        List<Adapter> adapters = new ArrayList<>();
        for (String name : names) {
            Folder folder = models.folder(name);
            boolean same = models.folder(models.base(name))
                    .location()
                    .equals(models.folder(base).location());
            Adapter adapter = AdapterFolder.read(folder, config);
            if (!same || !(adapters.isEmpty() || alike(adapters.get(0), adapter))) {
                throw new RequestException(
                        "Cannot blend %s with %s: bases or targets differ (blend them as models with --merge)"
                                .formatted(name, names.get(0)));
            }
            adapters.add(adapter);
        }
        Lora lora = adapters.get(0).lora();
        LowRankUpdate factors = lora.factors();
        double[] scaled = new double[weights.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = weights[i] * adapters.get(i).lora().scale() / lora.scale();
        }
        BlockVector sum =
                factors.stacked(scaled, adapters.stream().map(Adapter::factors).toList());
        LowRankUpdate.Refactored blend = factors.refactored(sum, rank == null ? factors.rank(sum) : rank);
        Folder folder = target.folder();
        AdapterFolder.write(folder, config, new Adapter(base, lora, blend.update()));
        ModelFolder.writeTokenizer(folder, whole);
        System.out.printf(
                Locale.ROOT,
                "adapter of rank %d on %s, relative error %.2e%npolicy %s%n",
                factors.rank(blend.update()),
                base,
                blend.error(),
                target.name());
    }

    private static boolean alike(Adapter one, Adapter other) {
        return one.lora().modules().equals(other.lora().modules());
    }
}
