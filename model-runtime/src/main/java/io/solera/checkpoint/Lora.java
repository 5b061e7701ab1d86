package io.solera.checkpoint;

import io.solera.problem.RequestException;
import io.solera.problem.SettingException;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.rl.blend.LowRankUpdate;
import io.solera.rl.blend.Sections;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adapters of low rank next to a network's linear layers: y = W x + s sum_k b_k (a_k' x) (LoRA, Hu et al., ICLR 2022).
 * A vector of {@link LowRankUpdate} holds any number of ranks; the scale s is the same for all of them. While they are
 * trained, each number of a module's x is 0 for its adapters with the probability p of dropout, else x / (1 - p), as in
 * PEFT.
 *
 * @param rank that is trained at a time
 * @param scale s: alpha / rank, or alpha / sqrt(rank) (rsLoRA, Kalajdzievski 2023)
 * @param modules that have adapters, under Hugging Face's names, in the order of the factors
 * @param dropout p, on [0, 1); adapters that are trained already compute the same whatever it was
 */
public record Lora(int rank, double scale, List<Module> modules, double dropout) implements Serializable {
    /** All linear layers. */
    public static final String ALL_LINEAR = "all-linear";

    private static final Pattern LINEAR = Pattern.compile("(.*\\.(c_attn|c_proj|c_fc|[a-z]+_proj))\\.weight");

    /** A linear layer from {@code in} numbers to {@code out}. */
    public record Module(String name, int in, int out) implements Serializable {
        /** What targets call it. */
        String kind() {
            return name.substring(name.lastIndexOf('.') + 1);
        }

        /** Whether a target means it: its name, or the last parts of it. */
        boolean isMeantBy(String target) {
            return name.equals(target) || name.endsWith("." + target);
        }
    }

    public Lora {
        modules = List.copyOf(modules);
        if (rank < 1) {
            throw new RequestException("Invalid rank: %d (must be at least 1)".formatted(rank));
        }
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new RequestException("Invalid alpha: it makes the scale %s (must be above 0)".formatted(scale));
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new RequestException(
                    "Invalid dropout: %s (must be 0 for none, or more and below 1)".formatted(dropout));
        }
    }

    /**
     * Without dropout.
     *
     * @param targets names of modules or their last parts, such as {@code q_proj}; none or {@link #ALL_LINEAR}: all
     *     linear layers
     * @throws SettingException for a target that the network does not have
     */
    public static Lora of(NetworkConfig config, int rank, double alpha, boolean rankStabilized, List<String> targets) {
        List<Module> linear = linear(config);
        TreeSet<String> kinds = new TreeSet<>(linear.stream().map(Module::kind).toList());
        boolean all = targets.isEmpty() || targets.contains(ALL_LINEAR);
        for (String target : targets) {
            if (!target.equals(ALL_LINEAR) && linear.stream().noneMatch(module -> module.isMeantBy(target))) {
                throw new SettingException("targets", target, "must be %s or out of %s".formatted(ALL_LINEAR, kinds));
            }
        }
        return new Lora(
                rank,
                rankStabilized ? alpha / Math.sqrt(rank) : alpha / rank,
                linear.stream()
                        .filter(module -> all || targets.stream().anyMatch(module::isMeantBy))
                        .toList(),
                0);
    }

    /** The same with another dropout. */
    public Lora withDropout(double probability) {
        return new Lora(rank, scale, modules, probability);
    }

    private static List<Module> linear(NetworkConfig config) {
        List<Module> modules = new ArrayList<>();
        for (ParameterLayout.Entry entry : config.layout().entries()) {
            Matcher matcher = LINEAR.matcher(entry.name());
            if (matcher.matches()) {
                int first = entry.shape().get(0);
                int second = entry.shape().get(1);
                // GPT-2 stores [in, out]
                boolean turned = config instanceof Gpt2Config;
                modules.add(new Module(matcher.group(1), turned ? first : second, turned ? second : first));
            }
        }
        return modules;
    }

    /** What targets say of its modules: a kind where all of that kind are among them, else their names. */
    SortedSet<String> targets(NetworkConfig config) {
        List<Module> others = new ArrayList<>(linear(config));
        others.removeAll(modules);
        TreeSet<String> targets = new TreeSet<>();
        for (Module module : modules) {
            boolean all = others.stream().noneMatch(other -> other.isMeantBy(module.kind()));
            targets.add(all ? module.kind() : module.name());
        }
        return targets;
    }

    public LowRankUpdate factors() {
        return new LowRankUpdate(modules.stream()
                .map(module -> new LowRankUpdate.Matrix(module.in(), module.out()))
                .toList());
    }

    /** The layers of the network in the factors of {@link #rank} ranks: each rank has a run of each layer. */
    public Sections layers() {
        ParameterLayout.Builder layout = new ParameterLayout.Builder();
        for (int k = 0; k < rank; k++) {
            modules.forEach(module -> layout.add(module.name(), Math.addExact(module.in(), module.out())));
        }
        return layout.build().layers();
    }

    /** A fresh adapter as PEFT draws it: a uniform within 1 / sqrt(in), b 0, so that it changes nothing yet. */
    public BlockVector fresh(RandomKey key) {
        float[] values = new float[Math.multiplyExact(rank, factors().rankSize())];
        int at = 0;
        for (int k = 0; k < rank; k++) {
            for (Module module : modules) {
                RandomKey drawn = key.with(module.name()).with(k);
                double bound = 1 / Math.sqrt(module.in());
                for (int i = 0; i < module.in(); i++) {
                    values[at + i] = (float) (bound * (2 * drawn.uniform(i) - 1));
                }
                at += module.in() + module.out();
            }
        }
        return BlockVector.of(values);
    }

    /** The name of A [r, in] of a module, as PEFT has it. */
    public static String a(String module) {
        return "base_model.model." + module + ".lora_A.weight";
    }

    /** The name of B [out, r] of a module. */
    public static String b(String module) {
        return "base_model.model." + module + ".lora_B.weight";
    }

    /** The tensors of so many ranks, module by module, as PEFT stores them. */
    public ParameterLayout layout(int ranks) {
        ParameterLayout.Builder layout = new ParameterLayout.Builder();
        for (Module module : modules) {
            layout.add(a(module.name()), ranks, module.in()).add(b(module.name()), module.out(), ranks);
        }
        return layout.build();
    }

    /** From a_k and b_k rank by rank to the tensors of {@link #layout}. */
    public float[] byModule(float[] factors, int ranks) {
        float[] values = new float[factors.length];
        forEachPlace(ranks, (module, ranked) -> values[module] = factors[ranked]);
        return values;
    }

    /** The inverse of {@link #byModule}. */
    public float[] byRank(float[] values, int ranks) {
        float[] factors = new float[values.length];
        forEachPlace(ranks, (module, ranked) -> factors[ranked] = values[module]);
        return factors;
    }

    private interface Places {
        void pair(int byModule, int byRank);
    }

    private void forEachPlace(int rank, Places places) {
        int rankSize = factors().rankSize();
        int module = 0;
        int at = 0;
        for (Module each : modules) {
            for (int k = 0; k < rank; k++) {
                for (int i = 0; i < each.in(); i++) {
                    places.pair(module + k * each.in() + i, k * rankSize + at + i);
                }
            }
            module += rank * each.in();
            at += each.in();
            for (int o = 0; o < each.out(); o++) {
                for (int k = 0; k < rank; k++) {
                    places.pair(module + o * rank + k, k * rankSize + at + o);
                }
            }
            module += rank * each.out();
            at += each.out();
        }
    }
}
