package io.solera.rl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestBucketPenalty {
    /** Numbers from the formulas of REINVENT 4.8 (reinvent/runmodes/RL/memories/penalties), evaluated in Python. */
    @ParameterizedTest
    @CsvSource({
        "1, 0.96, 0.9978353580699584, 1.0, 1.0",
        "5, 0.8, 0.9820137900379085, 0.5537563897512203, 0.6960081133415658",
        "12, 0.52, 0.5662743941954392, 0.1332160711501813, 0.3087722251170416",
        "13, 0.48, 0.43372560580456077, 0.10630227279612747, 0.2722884615034442",
        "25, 0, 0.0012710162630813482, 0.006282426569658828, 0.09205504278607601",
        "30, 0, 8.84191700188941e-05, 0.0018963932887074986, 0.08249629066651254"
    })
    void agreesWithReinvent(int n, double linear, double sigmoid, double tanh, double erf) {
        assertThat(BucketPenalty.LINEAR.factor(n, 25)).isCloseTo(linear, within(1e-14));
        assertThat(BucketPenalty.SIGMOID.factor(n, 25)).isCloseTo(sigmoid, within(1e-14));
        assertThat(BucketPenalty.TANH.factor(n, 25)).isCloseTo(tanh, within(1e-14));
        assertThat(BucketPenalty.ERF.factor(n, 25)).isCloseTo(erf, within(1e-14));
    }

    @Test
    void aStepTakesAsManyAsItsSize() {
        assertThat(BucketPenalty.STEP.factor(25, 25)).isEqualTo(1);
        assertThat(BucketPenalty.STEP.factor(26, 25)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.1, 0.1124629160182849",
        "0.5, 0.5204998778130465",
        "-1, -0.8427007929497148",
        "2, 0.9953222650189527",
        "3, 0.9999779095030014",
        "5, 0.9999999999984626",
        "1e300, 1"
    })
    void errorFunctionAgreesWithPython(double x, double erf) {
        assertThat(ErrorFunction.of(x)).isCloseTo(erf, within(1e-15));
    }
}
