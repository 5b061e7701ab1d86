package io.solera.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.config.yaml.ConfigDifference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * Runs as one page of HTML that needs no network; made from their folders alone, so that it can be made again at any
 * time.
 */
public final class Report {
    /** The name of the page in a run folder. */
    public static final String FILE = "report.html";

    private Report() {}

    /**
     * The page of one run, or the comparison of several.
     *
     * @param locations run folders, on any file system
     */
    public static String of(List<String> locations, Configuration configuration) throws IOException {
        List<RunData> runs = new ArrayList<>();
        for (String location : locations) {
            runs.add(new RunReader(location, configuration).data());
        }
        return of(runs);
    }

    /** Whether a file is such a page, by how it begins. */
    public static boolean isPage(InputStream in) throws IOException {
        String head = Page.head();
        return new String(in.readNBytes(head.length()), StandardCharsets.UTF_8).equals(head);
    }

    static String of(List<RunData> runs) throws IOException {
        JsonObject json = new JsonObject();
        JsonArray array = new JsonArray();
        for (RunData run : runs) {
            array.add(run.json(BestMoleculePictures.MAX_PICTURES / runs.size()));
        }
        json.add("runs", array);
        json.add("histograms", histograms(runs));
        json.add("differences", differences(runs));
        return Page.html(title(runs), json);
    }

    private static String title(List<RunData> runs) {
        return runs.size() == 1 ? runs.get(0).name() + ", Solera" : "%d runs, Solera".formatted(runs.size());
    }

    /** Per reward the distributions of all runs, before and after, in the same bins. */
    private static JsonArray histograms(List<RunData> runs) {
        Set<String> rewards = new LinkedHashSet<>();
        runs.forEach(run -> rewards.addAll(run.rewards()));
        JsonArray array = new JsonArray();
        for (String reward : rewards) {
            List<double[]> values = new ArrayList<>();
            for (RunData run : runs) {
                run.samples().forEach(samples -> values.add(samples.raw(reward)));
            }
            Bins bins = Bins.over(values);
            JsonObject histogram = new JsonObject();
            histogram.addProperty("reward", reward);
            histogram.add("edges", ShortNumbers.array(bins.edges(), 5));
            JsonArray shares = new JsonArray();
            values.forEach(of -> shares.add(ShortNumbers.array(bins.shares(of), 4)));
            histogram.add("shares", shares);
            array.add(histogram);
        }
        return array;
    }

    /** The settings that the runs differ in. */
    private static JsonArray differences(List<RunData> runs) {
        JsonArray array = new JsonArray();
        ConfigDifference.among(runs.stream().map(RunData::settings).toList()).forEach((key, values) -> {
            JsonArray cells = new JsonArray();
            values.forEach(cells::add);
            JsonObject line = new JsonObject();
            line.addProperty("key", key);
            line.add("values", cells);
            array.add(line);
        });
        return array;
    }
}
