package io.solera.fit;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.reward.learned.training.BinaryMeasures;
import java.util.List;
import java.util.Locale;

/** A classification task on one split. */
record ClassificationLine(String split, String task, int epochs, BinaryMeasures network, BinaryMeasures linear)
        implements CardLine {
    static final String HEADER =
            "| task | split | test rows | actives | average precision | linear | ROC AUC | linear | calibration error"
                    + " |";

    @Override
    public String worth(boolean baseline) {
        return network.rocAuc() <= chance()
                ? "it is not better than chance: ROC AUC %.3f of %d rows (chance reaches %.3f once in twenty)"
                        .formatted(network.rocAuc(), network.rows(), chance())
                : baseline && network.averagePrecision() <= linear.averagePrecision()
                        ? ("it is not better than a linear model: average precision %.3f, linear %.3f (try"
                                        + " --head linear)")
                                .formatted(network.averagePrecision(), linear.averagePrecision())
                        : "";
    }

    /**
     * The area that one of twenty networks that know nothing would reach, by the spread of the rank sum of Mann and
     * Whitney.
     */
    private double chance() {
        double actives = network.positives();
        double others = network.rows() - actives;
        return 0.5 + 1.645 * Math.sqrt((actives + others + 1) / (12 * actives * others));
    }

    @Override
    public String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %.3f | %.3f | %.3f | %.3f | %.4f |",
                task,
                split,
                network.rows(),
                network.positives(),
                network.averagePrecision(),
                linear.averagePrecision(),
                network.rocAuc(),
                linear.rocAuc(),
                network.calibrationError());
    }

    @Override
    public void write(JsonObject entry, String plural) {
        entry.addProperty("rows", network.rows());
        entry.addProperty("positives", network.positives());
        entry.addProperty("average_precision", network.averagePrecision());
        entry.addProperty("roc_auc", network.rocAuc());
        entry.addProperty("average_precision_linear", linear.averagePrecision());
        entry.addProperty("roc_auc_linear", linear.rocAuc());
        entry.addProperty("brier", network.brier());
        entry.addProperty("calibration_error", network.calibrationError());
        JsonArray calibration = new JsonArray();
        for (BinaryMeasures.Bin bin : bins()) {
            JsonObject point = new JsonObject();
            point.addProperty("predicted", bin.predicted());
            point.addProperty("observed", bin.observed());
            point.addProperty(plural, bin.count());
            calibration.add(point);
        }
        entry.add("calibration", calibration);
    }

    /** The table of its calibration, in Markdown. */
    String calibration(String plural) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%nCalibration of %s, %s split:%n%n| predicted | observed | %s |%n|---|---|---|%n",
                task,
                split,
                plural));
        for (BinaryMeasures.Bin bin : bins()) {
            text.append(
                    String.format(Locale.ROOT, "| %.3f | %.3f | %d |%n", bin.predicted(), bin.observed(), bin.count()));
        }
        return text.toString();
    }

    /** Those that hold something. */
    private List<BinaryMeasures.Bin> bins() {
        return network.bins().stream().filter(bin -> bin.count() > 0).toList();
    }
}
