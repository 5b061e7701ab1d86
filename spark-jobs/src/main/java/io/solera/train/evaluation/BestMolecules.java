package io.solera.train.evaluation;

import io.solera.config.RewardField;
import io.solera.config.RunName;
import io.solera.reward.molecule.smiles.Molecules;
import io.solera.rl.measure.GeometricMean;
import io.solera.store.DamagedRunException;
import io.solera.table.file.ByteSource;
import io.solera.table.file.CsvRecords;
import io.solera.table.file.MalformedRowException;
import io.solera.table.output.CsvLine;
import io.solera.train.rollout.ScoredSample;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code molecules.csv}: the distinct molecules of an evaluation, the front first, each part by its geometric mean of
 * shaped rewards; {@code smiles}, {@code front}, {@code geometric_mean}, then each reward raw and shaped.
 */
public final class BestMolecules {
    public static final String FILE = "molecules.csv";
    private static final char SEPARATOR = ',';

    private BestMolecules() {}

    static List<BestSample> of(List<ScoredSample> samples, List<String> rewards, List<String> observe) {
        double[][] rows =
                Measures.trained(samples.stream().map(ScoredSample::shaped).toArray(double[][]::new), rewards, observe);
        Set<String> seen = new HashSet<>();
        List<ScoredSample> distinct = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            ScoredSample sample = samples.get(i);
            String canonical = Molecules.canonicalSmiles(sample.text()).orElse(null);
            if (canonical != null && !Double.isNaN(GeometricMean.of(rows[i])) && seen.add(canonical)) {
                distinct.add(sample);
            }
        }
        return BestSample.of(distinct, rewards, observe);
    }

    static String csv(List<BestSample> molecules, List<String> rewards) throws IOException {
        StringWriter out = new StringWriter();
        CsvLine.write(out, columns(rewards), SEPARATOR);
        for (BestSample molecule : molecules) {
            List<String> cells = new ArrayList<>(
                    List.of(molecule.text(), Boolean.toString(molecule.front()), number(molecule.geometricMean())));
            for (int i = 0; i < rewards.size(); i++) {
                cells.add(number(molecule.raw()[i]));
                cells.add(number(molecule.shaped()[i]));
            }
            CsvLine.write(out, cells, SEPARATOR);
        }
        return out.toString();
    }

    /**
     * Reads what {@link #csv} writes, of these rewards.
     *
     * @param location of the file, for messages
     */
    public static List<BestSample> read(String csv, List<String> rewards, String location) throws IOException {
        List<BestSample> molecules = new ArrayList<>();
        try (CsvRecords records = new CsvRecords(
                new ByteSource(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), 0),
                SEPARATOR,
                StandardCharsets.UTF_8)) {
            List<@Nullable String> header = records.next();
            List<Integer> places = new ArrayList<>();
            for (String column : columns(rewards)) {
                int place = header == null ? -1 : header.indexOf(column);
                if (place < 0) {
                    throw DamagedRunException.of(location, "it has no column %s".formatted(column));
                }
                places.add(place);
            }
            for (List<@Nullable String> cells = records.next(); cells != null; cells = records.next()) {
                molecules.add(molecule(new Cells(cells, places, location, molecules.size() + 1), rewards.size()));
            }
        } catch (MalformedRowException e) {
            throw DamagedRunException.of(location, String.valueOf(e.getMessage()));
        }
        return molecules;
    }

    private static BestSample molecule(Cells cells, int rewards) throws DamagedRunException {
        double[] raw = new double[rewards];
        double[] shaped = new double[rewards];
        for (int i = 0; i < rewards; i++) {
            raw[i] = cells.number(3 + 2 * i);
            shaped[i] = cells.number(4 + 2 * i);
        }
        return new BestSample(null, cells.text(0), Boolean.parseBoolean(cells.text(1)), cells.number(2), raw, shaped);
    }

    private static List<String> columns(List<String> rewards) {
        List<String> columns =
                new ArrayList<>(List.of(RunName.SMILES.text(), RunName.FRONT.text(), RunName.GEOMETRIC_MEAN.text()));
        for (String reward : rewards) {
            columns.add(RewardField.RAW.of(reward));
            columns.add(RewardField.SHAPED.of(reward));
        }
        return columns;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }

    /**
     * The cells of a row, in the order of {@link #columns}.
     *
     * @param row from 1, without the header
     */
    private record Cells(List<@Nullable String> cells, List<Integer> places, String location, int row) {
        String text(int column) throws DamagedRunException {
            int place = places.get(column);
            String text = place < cells.size() ? cells.get(place) : null;
            if (text == null) {
                throw DamagedRunException.of(location, "row %d has no cell %d".formatted(row, place + 1));
            }
            return text;
        }

        double number(int column) throws DamagedRunException {
            String text = text(column);
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw DamagedRunException.of(
                        location,
                        "cell %d of row %d is %s (must be a number)".formatted(places.get(column) + 1, row, text));
            }
        }
    }
}
