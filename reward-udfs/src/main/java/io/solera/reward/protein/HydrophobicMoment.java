package io.solera.reward.protein;

/**
 * The largest mean hydrophobic moment of any window: |sum over n of h(n) e^(i n angle)| / window, h(n) the
 * hydrophobicity of residue n and angle the turn between neighbours, 100 degrees in a helix and about 160 in a strand
 * (D. Eisenberg, R. M. Weiss and T. C. Terwilliger, Nature 299, 371, 1982).
 */
final class HydrophobicMoment implements Property {
    private final Scale scale;
    private final double[] cos;
    private final double[] sin;

    /** @param angle in degrees */
    HydrophobicMoment(Scale scale, int window, double angle) {
        this.scale = scale;
        cos = new double[window];
        sin = new double[window];
        for (int n = 0; n < window; n++) {
            double turn = StrictMath.toRadians(n * angle);
            cos[n] = StrictMath.cos(turn);
            sin[n] = StrictMath.sin(turn);
        }
    }

    @Override
    public double of(Residues residues) {
        byte[] codes = residues.codes;
        double max = -1;
        for (int start = 0; start + cos.length <= codes.length; start++) {
            double x = 0;
            double y = 0;
            for (int n = 0; n < cos.length; n++) {
                double h = scale.of(codes[start + n]);
                x += h * cos[n];
                y += h * sin[n];
            }
            max = Math.max(max, x * x + y * y);
        }
        return max < 0 ? Double.NaN : Math.sqrt(max) / cos.length;
    }
}
