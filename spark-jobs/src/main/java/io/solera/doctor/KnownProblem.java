package io.solera.doctor;

import io.solera.cluster.OldJava;
import io.solera.lang.Excerpt;
import io.solera.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What libraries and Spark say when something is missing, in words of what is missing.
 *
 * @param says in any message of the exception
 * @param words with {@code $1} for the first group of the pattern
 */
record KnownProblem(Pattern says, String words, String wayOut) {
    private static final int LONGEST = 300;
    private static final String OTHER_FOLDERS = "name folders without noexec: DJL_CACHE_DIR (environment of driver and"
            + " executors), -Djava.io.tmpdir and -Dorg.bytedeco.javacpp.cachedir (spark.driver.extraJavaOptions,"
            + " spark.executor.extraJavaOptions)";

    private static final List<KnownProblem> ALL = List.of(
            known(
                    "failed to map segment from shared object",
                    "a native library was unpacked and cannot be mapped: its folder is mounted with noexec",
                    OTHER_FOLDERS),
            known(
                    "libcuda\\.so",
                    "PyTorch for CUDA does not load here: this machine has no NVIDIA driver (libcuda)",
                    "set PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR for executors with a GPU only"
                            + " (spark.executorEnv), see docs/gpu.md"),
            known(
                    "(GLIBC(?:XX)?_[0-9.]+)' not found",
                    "this system's C or C++ library is older than native libraries need ($1)",
                    "use a newer image (glibc 2.28 or later, as of Debian 10, Amazon Linux 2023 or RHEL 8)"),
            known(
                    "ld-linux-[^ ]*: cannot open shared object file|libc\\.musl|Error relocating",
                    "this system has no glibc, for which native libraries are built (as Alpine)",
                    "use an image with glibc, such as Debian's or Ubuntu's"),
            known(
                    "cannot open shared object file",
                    "a native library needs another one that this machine does not have ($0)",
                    "install it"),
            known(
                    "precxx11|Cannot copy jni files",
                    "PyTorch was asked for in a flavour that does not exist",
                    "set PYTORCH_FLAVOR (cpu or cu128) and PYTORCH_VERSION (2.7.1) next to PYTORCH_LIBRARY_PATH, see"
                            + " docs/gpu.md"),
            known(
                    "InvalidClassException|ClassNotFoundException: (io\\.solera[\\w.$]*)"
                            + "|NoClassDefFoundError: io/solera",
                    "an executor has another version of Solera than the driver, or none",
                    "give the driver and all executors the same jar: remove older ones from"
                            + " spark.executor.extraClassPath, spark.jars and Spark's folder jars"),
            known(
                    "NoSuchMethodError: .*(?:scala|org[./]apache[./]spark)|NoClassDefFoundError: scala/",
                    "the jar was built for another Spark or Scala than this cluster's",
                    "use the jar of the cluster's line, see docs/spark.md"),
            known(
                    "exit(?:ed with)? (?:code|status) ?(?:is )?(13[49]|137)\\b",
                    "an executor's process was killed (exit code $1; 134 and 139: native code crashed, 137: memory)",
                    "see the end of its log; give it more memory outside the heap"
                            + " (spark.executor.memoryOverhead)"),
            known(
                    "Failed to load PyTorch native library|Could not initialize class io\\.solera\\.model\\.Torch",
                    "PyTorch does not load in this process",
                    "see the check PyTorch"),
            known(
                    "No space left on device",
                    "a disk is full ($0)",
                    "make room, or name other folders: DJL_CACHE_DIR, spark.local.dir, -Djava.io.tmpdir"));

    private static KnownProblem known(String pattern, String words, String wayOut) {
        return new KnownProblem(Pattern.compile(pattern), words, wayOut);
    }

    /** Of an exception of a check, or of the job that ran it. */
    static Outcome outcome(@Nullable Throwable problem) {
        List<String> said = new ArrayList<>();
        for (Throwable cause = problem; cause != null && !said.contains(cause.toString()); cause = cause.getCause()) {
            said.add(cause.toString());
        }
        String all = String.join("\n", said);
        OldJava old = OldJava.find(all);
        if (old != null) {
            return Outcome.failed(old.words(), OldJava.WAY_OUT);
        }
        for (KnownProblem known : ALL) {
            Matcher matcher = known.says.matcher(all);
            if (matcher.find()) {
                String first = matcher.groupCount() > 0 && matcher.group(1) != null ? matcher.group(1) : "";
                return Outcome.failed(
                        known.words.replace("$1", first).replace("$0", lineOf(all, matcher.start())), known.wayOut);
            }
        }
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem) { // written for users, with the way out
                return Outcome.failed(Excerpt.inLine(String.valueOf(cause.getMessage()), 2 * LONGEST), "");
            }
        }
        return Outcome.failed(said.isEmpty() ? "it failed" : lineOf(said.get(said.size() - 1), 0), "");
    }

    /** Of a reason that Spark gives, in which there may be the end of a log. */
    static String words(String reason) {
        for (KnownProblem known : ALL) {
            if (known.says.matcher(reason).find()) {
                return outcome(new IllegalStateException(reason)).words();
            }
        }
        OldJava old = OldJava.find(reason);
        return old == null ? Excerpt.inLine(reason.strip(), LONGEST) : old.words();
    }

    /** The line around a place of a text, without the exception's class. */
    private static String lineOf(String text, int place) {
        int begin = text.lastIndexOf('\n', place) + 1;
        int end = text.indexOf('\n', place);
        String line = text.substring(begin, end < 0 ? text.length() : end);
        return Excerpt.inLine(line.replaceFirst("^(?:\\w+\\.)+[\\w$]+: ", ""), LONGEST);
    }
}
