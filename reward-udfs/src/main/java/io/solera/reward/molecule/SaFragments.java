package io.solera.reward.molecule;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * How common each circular fragment is among known molecules: the table behind {@link SaScore}. A fragment's score is
 * log10(count / n80), n80 the number of fragments that make up 80 % of all occurrences; an unknown one has -4.
 *
 * <p>File, gzipped, big-endian: the bytes {@code SOLSA1}, double n80, doubles slope and intercept of the calibration, int n, then n
 * unsigned varints with the gaps between the sorted unsigned ids, then n varints with the counts.
 */
public final class SaFragments implements Serializable {
    private static final byte[] MAGIC = {'S', 'O', 'L', 'S', 'A', '1'};
    private static final double UNKNOWN = -4;
    private static final int LIMIT = 50_000_000;

    private final int[] ids;
    private final int[] counts;
    private final double n80;
    private final double slope;
    private final double intercept;
    private final double[] scores;

    /**
     * @param ids in ascending order as unsigned numbers
     * @param slope of the line from this table's raw scores to those of the published table, 1 without calibration
     * @param intercept 0 without calibration
     */
    SaFragments(int[] ids, int[] counts, double n80, double slope, double intercept) {
        this.ids = ids;
        this.counts = counts;
        this.n80 = n80;
        this.slope = slope;
        this.intercept = intercept;
        this.scores = new double[ids.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = StrictMath.log10(counts[i] / n80);
        }
    }

    /**
     * The table that ships with the jar: 121,900 fragments that occur at least twice in 167,551 molecules of ChEMBL and PubChem,
     * with sa = -0.215 + 0.948 x fitted to RDKit's scores of 3,999 other molecules (r 0.973).
     */
    public static SaFragments shipped() {
        return Shipped.TABLE;
    }

    private static final class Shipped {
        static final SaFragments TABLE = load();

        private static SaFragments load() {
            try (InputStream in = SaFragments.class.getResourceAsStream("sa-fragments.bin.gz")) {
                if (in == null) {
                    throw new IllegalStateException("Cannot read sa-fragments.bin.gz: it is missing from the jar");
                }
                return read(in, "sa-fragments.bin.gz");
            } catch (IOException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    }

    public static SaFragments read(InputStream stream, String name) throws IOException {
        try {
            DataInputStream in = new DataInputStream(new BufferedInputStream(new GZIPInputStream(stream), 1 << 16));
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new IOException("it does not start with SOLSA1");
            }
            double n80 = in.readDouble();
            double slope = in.readDouble();
            double intercept = in.readDouble();
            int n = in.readInt();
            if (n < 0 || n > LIMIT || !(n80 > 0) || !Double.isFinite(slope) || !Double.isFinite(intercept)) {
                throw new IOException("its header is damaged");
            }
            int[] ids = new int[n];
            int last = 0;
            for (int i = 0; i < n; i++) {
                last += varint(in);
                ids[i] = last;
            }
            int[] counts = new int[n];
            for (int i = 0; i < n; i++) {
                counts[i] = varint(in);
            }
            return new SaFragments(ids, counts, n80, slope, intercept);
        } catch (EOFException e) {
            throw new IOException("Cannot read SA fragments: the file ends too early (%s)".formatted(name), e);
        } catch (IOException e) {
            throw new IOException("Cannot read SA fragments: %s (%s)".formatted(e.getMessage(), name), e);
        }
    }

    public void write(OutputStream stream) throws IOException {
        GZIPOutputStream zip = new GZIPOutputStream(stream, 1 << 16);
        DataOutputStream out = new DataOutputStream(zip);
        out.write(MAGIC);
        out.writeDouble(n80);
        out.writeDouble(slope);
        out.writeDouble(intercept);
        out.writeInt(ids.length);
        int last = 0;
        for (int id : ids) {
            writeVarint(out, id - last);
            last = id;
        }
        for (int count : counts) {
            writeVarint(out, count);
        }
        out.flush();
        zip.finish();
    }

    public int size() {
        return ids.length;
    }

    /** The same counts with another calibration. */
    public SaFragments calibrated(double newSlope, double newIntercept) {
        return new SaFragments(ids, counts, n80, newSlope, newIntercept);
    }

    double slope() {
        return slope;
    }

    double intercept() {
        return intercept;
    }

    double score(int id) {
        int low = 0;
        int high = ids.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int compared = Integer.compareUnsigned(ids[middle], id);
            if (compared == 0) {
                return scores[middle];
            }
            if (compared < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return UNKNOWN;
    }

    private static int varint(DataInputStream in) throws IOException {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int b = in.readUnsignedByte();
            value |= (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new IOException("a number is damaged");
    }

    private static void writeVarint(DataOutputStream out, int value) throws IOException {
        int left = value;
        while ((left & ~0x7F) != 0) {
            out.writeByte((left & 0x7F) | 0x80);
            left >>>= 7;
        }
        out.writeByte(left);
    }
}
