package io.solera.rl;

/**
 * The factor for a score once n samples, including its own, are in a bucket of size b: the curves of REINVENT 4.8's
 * diversity filters. Its step curve accepts b - 1 samples; here, as in earlier releases, a bucket of 25 accepts 25.
 */
public enum BucketPenalty {
    /** 1 up to n = b, then 0. */
    STEP {
        @Override
        public double factor(int n, int b) {
            return n <= b ? 1 : 0;
        }
    },
    /** 1 - n / b, at least 0. */
    LINEAR {
        @Override
        public double factor(int n, int b) {
            return Math.max(0, 1 - (double) n / b);
        }
    },
    /** 1 - 1 / (1 + exp(-(2 n / b - 1) / 0.15)): 1/2 at n = b / 2. */
    SIGMOID {
        @Override
        public double factor(int n, int b) {
            return 1 - 1 / (1 + StrictMath.exp(-(2.0 * n / b - 1) / 0.15));
        }
    },
    /** 1 - tanh(3 (n - 1) / b). */
    TANH {
        @Override
        public double factor(int n, int b) {
            return 1 - StrictMath.tanh(3.0 * (n - 1) / b);
        }
    },
    /** 1 + erf(sqrt(pi) / b) - erf(sqrt(pi) n / b). */
    ERF {
        @Override
        public double factor(int n, int b) {
            double scale = Math.sqrt(Math.PI) / b;
            return 1 + ErrorFunction.of(scale) - ErrorFunction.of(scale * n);
        }
    };

    /** A number from 0 to 1. */
    public abstract double factor(int n, int b);
}
