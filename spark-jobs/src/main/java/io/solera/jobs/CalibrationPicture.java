package io.solera.jobs;

import io.solera.reward.learned.BinaryMeasures;
import java.util.List;
import java.util.Locale;

/** A reliability diagram for a model's card: share of actives over predicted probability, discs by the root of their counts. */
final class CalibrationPicture {
    private static final int SIDE = 320;

    private CalibrationPicture() {}

    static String of(List<BinaryMeasures.Bin> bins) {
        int side = SIDE;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-50 -20 %d %d\" font-family=\"sans-serif\" font-size=\"12\">%n",
                side + 80,
                side + 80));
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"-50\" y=\"-20\" width=\"%d\" height=\"%d\" fill=\"#fff\"/>%n<path d=\"M0 0V%d H%d M0 %d L%d 0\" fill=\"none\" stroke=\"#888\"/>%n",
                side + 80,
                side + 80,
                side,
                side,
                side,
                side));
        for (int tick = 0; tick <= 10; tick += 2) {
            double at = side * tick / 10.0;
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\">%.1f</text><text x=\"-8\" y=\"%.0f\" text-anchor=\"end\">%.1f</text>%n",
                    at,
                    side + 18,
                    tick / 10.0,
                    side - at + 4,
                    tick / 10.0));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">predicted probability</text><text transform=\"translate(-36 %d) rotate(-90)\" text-anchor=\"middle\">share of actives</text>%n",
                side / 2,
                side + 38,
                side / 2));
        for (BinaryMeasures.Bin bin : bins) {
            if (bin.count() > 0) {
                svg.append(String.format(
                        Locale.ROOT,
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#0072b2\"><title>%d molecules</title></circle>%n",
                        side * bin.predicted(),
                        side * (1 - bin.observed()),
                        3 + Math.sqrt(bin.count()) / 12,
                        bin.count()));
            }
        }
        return svg.append("</svg>\n").toString();
    }
}
