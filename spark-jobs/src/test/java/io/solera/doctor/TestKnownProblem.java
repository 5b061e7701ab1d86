package io.solera.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What machines say that lack something; the messages are those of libraries, as they were seen. */
class TestKnownProblem {
    @TempDir
    private Path folder;

    /** Defines a class of ours with another version in its file. */
    private static final class OtherVersion extends ClassLoader {
        Class<?> define(Class<?> type, int version) throws IOException {
            try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(type.getSimpleName() + ".class"))) {
                byte[] file = in.readAllBytes();
                file[6] = 0;
                file[7] = (byte) version;
                return defineClass(type.getName(), file, 0, file.length);
            }
        }
    }

    @Test
    void aJavaThatIsTooOldForAClassIsNamed() {
        Throwable refused = catchThrowable(() -> new OtherVersion().define(Probe.class, 99));
        assertThat(refused).isInstanceOf(UnsupportedClassVersionError.class);
        // as an executor's exception reaches the driver
        SparkException job = new SparkException(
                "Job aborted due to stage failure: Task 1 in stage 0.0 failed 4 times, most recent failure: Lost task"
                        + " 1.3 in stage 0.0 (TID 7) (10.0.0.3 executor 0): " + refused + "\n\tat java.base/java.lang",
                null);
        assertThat(KnownProblem.outcome(job))
                .isEqualTo(Outcome.failed(
                        ("an executor runs Java %d, and Solera needs Java 55 or later on the driver and on every"
                                        + " executor")
                                .formatted(Runtime.version().feature()),
                        "set spark.executorEnv.JAVA_HOME to such a Java on every machine"));
    }

    @Test
    void aLibraryThatIsNoLibraryIsQuoted() throws IOException {
        Path library = Files.writeString(folder.resolve("libempty.so"), "");
        Throwable refused = catchThrowable(() -> System.load(library.toString()));
        assertThat(KnownProblem.outcome(refused).status()).isEqualTo(Status.FAILED);
        assertThat(KnownProblem.outcome(refused).words()).contains("libempty.so");
    }

    @Test
    void noexecIsNamedThroughWhateverWrapsIt() {
        Throwable first = new UnsatisfiedLinkError(
                "/tmp/x/libc10.so: /tmp/x/libc10.so: failed to map segment from shared object");
        Throwable wrapped = new NoClassDefFoundError("Could not initialize class io.solera.model.Torch");
        wrapped.initCause(new ExceptionInInitializerError(first));
        Outcome outcome = KnownProblem.outcome(wrapped);
        assertThat(outcome.words())
                .isEqualTo("a native library was unpacked and cannot be mapped: its folder is mounted with noexec");
        assertThat(outcome.wayOut()).contains("DJL_CACHE_DIR", "-Djava.io.tmpdir", "javacpp.cachedir");
    }

    @Test
    void whatOtherMachinesLackIsNamed() {
        assertThat(words("libcuda.so.1: cannot open shared object file: No such file or directory"))
                .isEqualTo("PyTorch for CUDA does not load here: this machine has no NVIDIA driver (libcuda)");
        assertThat(words("/lib64/libc.so.6: version `GLIBC_2.28' not found (required by /x/libtorch_cpu.so)"))
                .isEqualTo("this system's C or C++ library is older than native libraries need (GLIBC_2.28)");
        assertThat(words("libgomp.so.1: cannot open shared object file: No such file or directory"))
                .isEqualTo("a native library needs another one that this machine does not have (libgomp.so.1: cannot"
                        + " open shared object file: No such file or directory)");
        assertThat(words("Cannot copy jni files: cu126-precxx11"))
                .isEqualTo("PyTorch was asked for in a flavour that does not exist");
        assertThat(words("java.io.InvalidClassException: io.solera.doctor.Probe; local class incompatible"))
                .isEqualTo("an executor has another version of Solera than the driver, or none");
        assertThat(KnownProblem.words("Command exited with code 134"))
                .isEqualTo("an executor's process was killed (exit code 134; 134 and 139: native code crashed, 137:"
                        + " memory)");
        assertThat(KnownProblem.words("Worker shutting down\n")).isEqualTo("Worker shutting down");
    }

    private static String words(String message) {
        return KnownProblem.outcome(new IllegalStateException(message)).words();
    }
}
