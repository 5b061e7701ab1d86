package io.solera.jobs;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.store.RunFolder;
import io.solera.train.BestTexts;
import io.solera.train.RewardSet;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The end of a run for a person: before and after, and the best samples. */
final class SummaryTable {
    private static final int BEST = 10;

    private SummaryTable() {}

    static void print(PrintStream out, RunFolder folder, RewardSet rewards) throws IOException {
        JsonObject summary =
                JsonParser.parseString(read(folder, "summary.json")).getAsJsonObject();
        JsonObject before = summary.getAsJsonObject("before");
        JsonObject after = summary.getAsJsonObject("after");
        out.println();
        out.printf("%-22s %-28s %-28s%n", "mean (95 % interval)", "before", "after");
        for (String name : rewards.names()) {
            JsonObject reward = summary.getAsJsonObject("rewards").getAsJsonObject(name);
            row(out, name, interval(reward.get("raw_before")), interval(reward.get("raw_after")));
            row(out, name + ", shaped", interval(reward.get("before")), interval(reward.get("after")));
        }
        if (after.has("domain")) {
            for (String name : after.getAsJsonObject("domain").keySet()) {
                JsonObject first = before.getAsJsonObject("domain").getAsJsonObject(name);
                JsonObject last = after.getAsJsonObject("domain").getAsJsonObject(name);
                row(out, name + ", domain", number(first.get("mean")), number(last.get("mean")));
                row(out, "  of successes", number(first.get("of_successes")), number(last.get("of_successes")));
            }
        }
        row(out, "success", percent(before.get("success")), percent(after.get("success")));
        row(out, "hypervolume", interval(before.get("hypervolume")), interval(after.get("hypervolume")));
        for (String share : new String[] {"validity", "uniqueness", "novelty"}) {
            if (after.has(share)) {
                row(out, share, share(before.get(share)), share(after.get(share)));
            }
        }
        if (after.has("internal_diversity")) {
            row(
                    out,
                    "internal diversity",
                    number(before.get("internal_diversity")),
                    number(after.get("internal_diversity")));
        }
        JsonObject icvBefore = before.getAsJsonObject("icv");
        JsonObject icvAfter = after.getAsJsonObject("icv");
        row(out, "ICV, per sample", number(icvBefore.get("per_sample")), number(icvAfter.get("per_sample")));
        row(out, "ICV, of means", number(icvBefore.get("of_means")), number(icvAfter.get("of_means")));
        row(out, "KL, nats per sample", interval(before.get("kl")), interval(after.get("kl")));
        String best = BestTexts.fileOf(folder.round(0));
        List<Best> samples = best.equals(BestTexts.FILE)
                ? texts(read(folder, best), rewards.names())
                : molecules(read(folder, best), rewards.names());
        print(out, samples, rewards.names());
        out.printf(
                Locale.ROOT,
                "%n%d rounds in %.0f s; policy %s%nrun %s%n",
                summary.get("rounds").getAsInt(),
                summary.get("seconds").getAsDouble(),
                summary.get("policy_sha256").getAsString(),
                folder.location());
    }

    /** A sample with the mean and the raw values of its rewards. */
    private record Best(String text, double mean, List<Double> raw) {}

    private static List<Best> molecules(String csv, List<String> rewards) {
        List<Best> best = new ArrayList<>();
        for (String line : csv.lines().skip(1).toList()) {
            String[] cells = line.split(",", -1);
            List<Double> raw = new ArrayList<>();
            for (int i = 0; i < rewards.size(); i++) {
                raw.add(Double.parseDouble(cells[3 + 2 * i]));
            }
            best.add(new Best(cells[0], Double.parseDouble(cells[2]), raw));
        }
        return best;
    }

    private static List<Best> texts(String lines, List<String> rewards) {
        return lines.lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .map(json -> new Best(
                        shortened(json),
                        json.get("geometric_mean").getAsDouble(),
                        rewards.stream()
                                .map(name -> json.get(name).getAsDouble())
                                .toList()))
                .toList();
    }

    /** A text in one line, after the end of its prompt. */
    private static String shortened(JsonObject json) {
        String text = json.get("text").getAsString().replaceAll("\\s+", " ");
        String prompt = json.has("prompt") ? json.get("prompt").getAsString().replaceAll("\\s+", " ") : "";
        String end = prompt.length() <= 30 ? prompt : "..." + prompt.substring(prompt.length() - 30);
        return (end.isEmpty() ? "" : end + " | ") + (text.length() <= 100 ? text : text.substring(0, 100) + "...");
    }

    private static void print(PrintStream out, List<Best> samples, List<String> rewards) {
        out.printf("%nbest samples (geometric mean of the shaped rewards)%n%8s", "");
        rewards.forEach(name -> out.print(column(name)));
        out.println();
        samples.stream()
                .sorted(Comparator.comparingDouble((Best sample) -> -sample.mean()))
                .limit(BEST)
                .forEach(sample -> {
                    out.printf(Locale.ROOT, "%8.3f", sample.mean());
                    for (int i = 0; i < rewards.size(); i++) {
                        out.print(number(rewards.get(i), sample.raw().get(i)));
                    }
                    out.println("  " + sample.text());
                });
    }

    /** The head of a column of numbers. */
    static String column(String reward) {
        return "%10s".formatted(" " + reward);
    }

    /** A number of that column. */
    static String number(String reward, double value) {
        String number = String.format(Locale.ROOT, "%.3f", value);
        return " ".repeat(Math.max(0, column(reward).length() - number.length())) + number;
    }

    private static void row(PrintStream out, String name, String before, String after) {
        out.printf("%-22s %-28s %-28s%n", name, before, after);
    }

    private static String interval(JsonElement element) {
        JsonObject interval = element.getAsJsonObject();
        return "%s (%s .. %s)"
                .formatted(number(interval.get("mean")), number(interval.get("low")), number(interval.get("high")));
    }

    private static String percent(JsonElement element) {
        JsonObject interval = element.getAsJsonObject();
        return "%s (%s .. %s)"
                .formatted(share(interval.get("mean")), share(interval.get("low")), share(interval.get("high")));
    }

    private static String share(JsonElement element) {
        return element.isJsonNull() ? "unknown" : String.format(Locale.ROOT, "%.1f %%", 100 * element.getAsDouble());
    }

    private static String number(JsonElement element) {
        return element.isJsonNull() ? "unknown" : String.format(Locale.ROOT, "%.3f", element.getAsDouble());
    }

    private static String read(RunFolder folder, String name) throws IOException {
        Path path = folder.path(name);
        FileSystem files = path.getFileSystem(new org.apache.hadoop.conf.Configuration());
        try (InputStreamReader in = new InputStreamReader(files.open(path), StandardCharsets.UTF_8)) {
            StringBuilder text = new StringBuilder();
            char[] buffer = new char[1 << 13];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                text.append(buffer, 0, count);
            }
            return text.toString();
        }
    }
}
