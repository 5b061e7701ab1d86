package io.solera.rl.blend;

import java.util.Arrays;
import java.util.Comparator;

/**
 * M = U S V' of a small matrix by one-sided Jacobi rotations (Hestenes 1958; Demmel and Veselić 1992): columns are turned in pairs until
 * all are orthogonal. Values descend. Sums are in double precision and in a fixed order.
 *
 * @param left U [p, k], k = min(p, q)
 * @param values S, descending
 * @param right V [q, k]
 */
public record SingularValues(double[][] left, double[] values, double[][] right) {
    private static final double TOLERANCE = 1e-15;
    private static final int SWEEPS = 60;

    /** @param matrix [p][q], which is left as it is */
    public static SingularValues of(double[][] matrix) {
        int rows = matrix.length;
        int columns = rows == 0 ? 0 : matrix[0].length;
        if (rows < columns) {
            SingularValues turned = of(transposed(matrix, columns));
            return new SingularValues(/* left= */ turned.right, turned.values, /* right= */ turned.left);
        }
        // columns of M and of V as rows, so that a rotation runs along memory
        double[][] m = transposed(matrix, columns);
        double[][] v = new double[columns][columns];
        for (int k = 0; k < columns; k++) {
            v[k][k] = 1;
        }
        boolean turned = true;
        for (int sweep = 0; turned && sweep < SWEEPS; sweep++) {
            turned = false;
            for (int i = 0; i < columns; i++) {
                for (int j = i + 1; j < columns; j++) {
                    turned |= orthogonalize(m, v, i, j);
                }
            }
        }
        return sorted(m, v, rows);
    }

    private static boolean orthogonalize(double[][] m, double[][] v, int i, int j) {
        double a = dot(m[i], m[i]);
        double b = dot(m[j], m[j]);
        double c = dot(m[i], m[j]);
        if (Math.abs(c) <= TOLERANCE * Math.sqrt(a * b)) {
            return false;
        }
        double zeta = (b - a) / (2 * c);
        double tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        double cosine = 1 / Math.sqrt(1 + tangent * tangent);
        turn(m[i], m[j], cosine, cosine * tangent);
        turn(v[i], v[j], cosine, cosine * tangent);
        return true;
    }

    private static void turn(double[] x, double[] y, double cosine, double sine) {
        for (int k = 0; k < x.length; k++) {
            double held = x[k];
            x[k] = cosine * held - sine * y[k];
            y[k] = sine * held + cosine * y[k];
        }
    }

    private static SingularValues sorted(double[][] m, double[][] v, int rows) {
        int count = m.length;
        double[] norms = new double[count];
        Integer[] order = new Integer[count];
        for (int k = 0; k < count; k++) {
            norms[k] = Math.sqrt(dot(m[k], m[k]));
            order[k] = k;
        }
        Arrays.sort(order, Comparator.comparingDouble(k -> -norms[k]));
        double[][] left = new double[rows][count];
        double[] values = new double[count];
        double[][] right = new double[count][count];
        for (int k = 0; k < count; k++) {
            int from = order[k];
            values[k] = norms[from];
            for (int row = 0; row < rows; row++) {
                left[row][k] = norms[from] == 0 ? 0 : m[from][row] / norms[from];
            }
            for (int row = 0; row < count; row++) {
                right[row][k] = v[from][row];
            }
        }
        return new SingularValues(left, values, right);
    }

    private static double[][] transposed(double[][] matrix, int columns) {
        double[][] result = new double[columns][matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < columns; column++) {
                result[column][row] = matrix[row][column];
            }
        }
        return result;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
