package io.solera.cluster;

import java.util.List;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/**
 * What Spark's pages and its event log call the jobs of this thread, and of the threads that it starts in between: a
 * group for a run, a description that parts of its work add to, as in {@code round 3 of 25, step 2 of 4: rollouts of
 * qed}, and for a stage's name what was added last. Closed, the words are again what they were.
 */
public final class Described implements AutoCloseable {
    /** Names of Spark's own that listeners of jobs read too. */
    public static final String GROUP = "spark.jobGroup.id";

    public static final String DESCRIPTION = "spark.job.description";

    private static final String STAGE = "callSite.short";
    private static final int NAMED = 8;

    private final SparkContext spark;
    private final @Nullable String group;
    private final @Nullable String description;
    private final @Nullable String stage;

    /** Work that a description is for. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T result() throws E;
    }

    private Described(SparkContext spark) {
        this.spark = spark;
        group = spark.getLocalProperty(GROUP);
        description = spark.getLocalProperty(DESCRIPTION);
        stage = spark.getLocalProperty(STAGE);
    }

    /**
     * Jobs of a run.
     *
     * @param name of the run; of a folder's location, the last part
     * @param description that parts of the run add to
     */
    public static Described run(SparkContext spark, String name, String description) {
        Described before = new Described(spark);
        String folder = name.replaceAll("/+$", "");
        before.set("solera: " + folder.substring(folder.lastIndexOf('/') + 1), description, description);
        return before;
    }

    /** Jobs of a part of what this thread does, in words that end the description. */
    public static Described more(SparkContext spark, String words) {
        Described before = new Described(spark);
        String part = words.replaceAll("^[,:]? +", "");
        String whole = before.description;
        before.set(before.group, whole == null || whole.isEmpty() ? part : whole + words, part);
        return before;
    }

    /** The same for work that gives a result. */
    public static <T, E extends Exception> T more(SparkContext spark, String words, Work<T, E> work) throws E {
        try (Described part = more(spark, words)) {
            return work.result();
        }
    }

    /** Names in a line: the first of many. */
    public static String named(List<String> names) {
        return names.size() <= NAMED
                ? String.join(", ", names)
                : "%s and %d more".formatted(String.join(", ", names.subList(0, NAMED)), names.size() - NAMED);
    }

    private void set(@Nullable String newGroup, @Nullable String newDescription, @Nullable String newStage) {
        spark.setLocalProperty(GROUP, newGroup);
        spark.setLocalProperty(DESCRIPTION, newDescription);
        spark.setLocalProperty(STAGE, newStage);
    }

    @Override
    public void close() {
        set(group, description, stage);
    }
}
