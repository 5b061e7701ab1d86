package io.solera.fit;

import com.google.gson.JsonObject;
import io.solera.reward.learned.training.RegressionMeasures;
import java.util.Locale;

/** A regression task on one split. */
record RegressionLine(String split, String task, int epochs, RegressionMeasures network, RegressionMeasures linear)
        implements CardLine {
    static final String HEADER = "| task | split | test rows | RMSE | linear | R2 | linear | MAE | rank correlation |";

    @Override
    public String worth(boolean baseline) {
        return !(network.r2() > 0)
                ? "it is not better than chance: R2 %.3f, the mean of the labels has 0".formatted(network.r2())
                : baseline && network.r2() <= linear.r2()
                        ? "it is not better than a linear model: R2 %.3f, linear %.3f (try --head linear)"
                                .formatted(network.r2(), linear.r2())
                        : "";
    }

    @Override
    public String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f |",
                task,
                split,
                network.rows(),
                network.rmse(),
                linear.rmse(),
                network.r2(),
                linear.r2(),
                network.mae(),
                network.spearman());
    }

    @Override
    public void write(JsonObject entry, String plural) {
        entry.addProperty("rows", network.rows());
        entry.addProperty("rmse", network.rmse());
        entry.addProperty("mae", network.mae());
        entry.addProperty("r2", network.r2());
        // no number of JSON: predictions that are all the same
        if (!Double.isNaN(network.spearman())) {
            entry.addProperty("spearman", network.spearman());
        }
        entry.addProperty("rmse_linear", linear.rmse());
        entry.addProperty("r2_linear", linear.r2());
    }
}
