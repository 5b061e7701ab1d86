package io.solera.rl.blend;

/**
 * X = Q R of a tall matrix by Householder reflections, which hold for columns that depend on each other too: Q [n, k] with orthonormal columns,
 * R [k, r], k = min(n, r).
 */
record OrthogonalFactor(double[][] q, double[][] r) {
    /** @param columns of X, [r][n], which are overwritten */
    static OrthogonalFactor of(double[][] columns) {
        int count = columns.length;
        int n = count == 0 ? 0 : columns[0].length;
        int k = Math.min(n, count);
        double[][] reflectors = new double[k][];
        for (int j = 0; j < k; j++) {
            reflectors[j] = reflector(columns[j], j);
            for (int column = j; column < count; column++) {
                reflect(columns[column], reflectors[j], j);
            }
        }
        double[][] r = new double[k][count];
        for (int row = 0; row < k; row++) {
            for (int column = row; column < count; column++) {
                r[row][column] = columns[column][row];
            }
        }
        double[][] q = new double[k][n];
        for (int column = 0; column < k; column++) {
            q[column][column] = 1;
            for (int j = k - 1; j >= 0; j--) {
                reflect(q[column], reflectors[j], j);
            }
        }
        return new OrthogonalFactor(q, r);
    }

    /** The unit vector whose reflection clears a column below row j; all 0 where there is nothing to clear. */
    private static double[] reflector(double[] column, int j) {
        double[] v = new double[column.length];
        double squares = 0;
        for (int row = j; row < v.length; row++) {
            v[row] = column[row];
            squares += v[row] * v[row];
        }
        if (squares == 0) {
            return v;
        }
        double norm = Math.sqrt(squares);
        v[j] += v[j] < 0 ? -norm : norm;
        double length = 0;
        for (int row = j; row < v.length; row++) {
            length += v[row] * v[row];
        }
        length = Math.sqrt(length);
        for (int row = j; row < v.length; row++) {
            v[row] /= length;
        }
        return v;
    }

    private static void reflect(double[] column, double[] v, int from) {
        double sum = 0;
        for (int row = from; row < v.length; row++) {
            sum += v[row] * column[row];
        }
        for (int row = from; row < v.length; row++) {
            column[row] -= 2 * sum * v[row];
        }
    }
}
