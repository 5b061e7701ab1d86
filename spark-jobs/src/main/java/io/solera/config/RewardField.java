package io.solera.config;

import java.util.Arrays;
import java.util.List;

/** The columns that a reward may have in a table of samples, and the numbers of a step that are called after it. */
public enum RewardField {
    /** The value of a reward, in its unit; null where it is missing. */
    RAW(""),
    /** The same on [0, 1], higher is better. */
    SHAPED("_shaped"),
    /** {@code ok}, or why the value is missing. */
    STATUS("_status"),
    /** What scoring the sample took, an equal share of its batch's time. */
    SECONDS("_seconds"),
    /** The mean of the advantages that the sample's tokens had, for learners that train on the reward; else null. */
    ADVANTAGE("_advantage"),
    /** How near a sample is to what the reward was made from; null where that is not known. */
    DOMAIN("_domain");

    private final String ending;

    RewardField(String ending) {
        this.ending = ending;
    }

    /** The name of the column of a reward. */
    public String of(String reward) {
        return reward + ending;
    }

    /** The number of a step that says how many samples have no value of a reward for a reason. */
    public static String missing(String reward, String reason) {
        return reward + "." + reason;
    }

    /** The number of a step that says with which factor the gradient of a reward was taken. */
    public static String coefficient(String reward) {
        return reward + ".coefficient";
    }

    /** The names of all columns of a reward. */
    public static List<String> allOf(String reward) {
        return Arrays.stream(values()).map(column -> column.of(reward)).toList();
    }
}
