package io.solera.fit;

import io.solera.reward.learned.training.BinaryMeasures;
import java.util.List;
import java.util.Locale;

/**
 * Reliability diagrams for a model's card, one per task: share of actives over predicted probability, each disc with
 * its number of molecules; on the diagonal a probability is calibrated.
 */
final class CalibrationPicture {
    private static final int SIDE = 320;
    private static final int PANEL = SIDE + 100;
    private static final int HEIGHT = SIDE + 100;

    private CalibrationPicture() {}

    static String of(List<String> tasks, List<List<BinaryMeasures.Bin>> bins) {
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-60 -40 %d %d\" font-family=\"sans-serif\" "
                        + "font-size=\"12\">",
                PANEL * tasks.size(),
                HEIGHT);
        add(svg, "<rect x=\"-60\" y=\"-40\" width=\"%d\" height=\"%d\" fill=\"#fff\"/>", PANEL * tasks.size(), HEIGHT);
        for (int k = 0; k < tasks.size(); k++) {
            add(svg, "<g transform=\"translate(%d 0)\">", k * PANEL);
            axes(svg, tasks.get(k));
            bins.get(k).forEach(bin -> point(svg, bin));
            add(svg, "</g>");
        }
        add(svg, "</svg>");
        return svg.toString();
    }

    private static void axes(StringBuilder svg, String task) {
        String name = task.replace("&", "&amp;").replace("<", "&lt;");
        add(svg, "<text x=\"%d\" y=\"-20\" text-anchor=\"middle\" font-weight=\"bold\">%s</text>", SIDE / 2, name);
        add(svg, "<path d=\"M0 0V%1$d H%1$d M0 %1$d L%1$d 0\" fill=\"none\" stroke=\"#888\"/>", SIDE);
        for (int tick = 0; tick <= 10; tick += 2) {
            double at = SIDE * tick / 10.0;
            add(svg, "<text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\">%.1f</text>", at, SIDE + 18, tick / 10.0);
            add(svg, "<text x=\"-8\" y=\"%.0f\" text-anchor=\"end\">%.1f</text>", SIDE - at + 4, tick / 10.0);
        }
        add(svg, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">predicted probability</text>", SIDE / 2, SIDE + 40);
        add(
                svg,
                "<text transform=\"translate(-40 %d) rotate(-90)\" text-anchor=\"middle\">share of actives</text>",
                SIDE / 2);
    }

    private static void point(StringBuilder svg, BinaryMeasures.Bin bin) {
        if (bin.count() > 0) {
            double x = SIDE * bin.predicted();
            double y = SIDE * (1 - bin.observed());
            double radius = 3 + Math.min(8, Math.sqrt(bin.count()) / 12);
            add(svg, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#0072b2\"/>", x, y, radius);
            add(svg, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"10\">%d</text>", x + radius + 2, y - 4, bin.count());
        }
    }

    private static void add(StringBuilder svg, String line, Object... values) {
        svg.append(String.format(Locale.ROOT, line, values)).append('\n');
    }
}
