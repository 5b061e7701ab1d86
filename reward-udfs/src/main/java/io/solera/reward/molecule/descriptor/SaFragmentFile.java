package io.solera.reward.molecule.descriptor;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Files of {@link SaFragments}, gzipped, big-endian: the bytes {@code SOLSA2}, doubles slope and intercept of the calibration, int m, m
 * doubles with the distinct scores, int n, n unsigned varints with the gaps between the sorted unsigned ids, n varints with the place of
 * each id's score among the m. The older {@code SOLSA1} is still read: double n80, slope, intercept, int n, the gaps, n varints with
 * counts.
 */
public final class SaFragmentFile {
    private static final String COUNTS = "SOLSA1";
    private static final String SCORES = "SOLSA2";
    private static final int LIMIT = 50_000_000;

    private SaFragmentFile() {}

    public static SaFragments read(InputStream stream, String name) throws IOException {
        try {
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(new GZIPInputStream(stream, 1 << 16), 1 << 16));
            String magic = new String(in.readNBytes(SCORES.length()), StandardCharsets.ISO_8859_1);
            if (!magic.equals(COUNTS) && !magic.equals(SCORES)) {
                throw new IOException("it starts with neither SOLSA1 nor SOLSA2");
            }
            return magic.equals(COUNTS) ? counts(in) : scores(in);
        } catch (EOFException e) {
            throw new IOException("Cannot read SA fragments: the file ends too early (%s)".formatted(name), e);
        } catch (IOException e) {
            throw new IOException("Cannot read SA fragments: %s (%s)".formatted(e.getMessage(), name), e);
        }
    }

    private static SaFragments counts(DataInputStream in) throws IOException {
        double n80 = in.readDouble();
        double slope = in.readDouble();
        double intercept = in.readDouble();
        int[] ids = ids(in);
        int[] counts = new int[ids.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = varint(in);
        }
        if (!(n80 > 0)) {
            throw new IOException("its header is damaged");
        }
        return SaFragments.counted(ids, counts, n80, finite(slope), finite(intercept));
    }

    private static SaFragments scores(DataInputStream in) throws IOException {
        double slope = finite(in.readDouble());
        double intercept = finite(in.readDouble());
        double[] scores = new double[size(in)];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = finite(in.readDouble());
        }
        int[] ids = ids(in);
        int[] places = new int[ids.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = varint(in);
            if (places[i] < 0 || places[i] >= scores.length) {
                throw new IOException("a fragment has no score");
            }
        }
        return new SaFragments(ids, places, scores, slope, intercept);
    }

    private static int[] ids(DataInputStream in) throws IOException {
        int[] ids = new int[size(in)];
        int last = 0;
        for (int i = 0; i < ids.length; i++) {
            last += varint(in);
            ids[i] = last;
        }
        return ids;
    }

    private static int size(DataInputStream in) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > LIMIT) {
            throw new IOException("its header is damaged");
        }
        return size;
    }

    private static double finite(double value) throws IOException {
        if (!Double.isFinite(value)) {
            throw new IOException("its header is damaged");
        }
        return value;
    }

    public static void write(SaFragments table, OutputStream stream) throws IOException {
        GZIPOutputStream zip = new GZIPOutputStream(stream, 1 << 16);
        DataOutputStream out = new DataOutputStream(zip);
        out.writeBytes(SCORES);
        out.writeDouble(table.slope());
        out.writeDouble(table.intercept());
        out.writeInt(table.scores.length);
        for (double score : table.scores) {
            out.writeDouble(score);
        }
        out.writeInt(table.ids.length);
        int last = 0;
        for (int id : table.ids) {
            writeVarint(out, id - last);
            last = id;
        }
        for (int place : table.places) {
            writeVarint(out, place);
        }
        out.flush();
        zip.finish();
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
