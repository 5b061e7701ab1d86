package io.solera.jobs;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own with the class path and the options of the tests'. */
final class JavaProcess {
    /** Properties that Maven sets when the JVM runs already. */
    private static final List<String> PROPERTIES = List.of("ai.djl.offline", "log4j2.configurationFile");

    private JavaProcess() {}

    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    static ProcessBuilder of(List<String> options, Class<?> main, List<String> arguments) {
        return of(options, main.getName(), arguments);
    }

    static ProcessBuilder of(List<String> options, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens")
                        || argument.startsWith("--add-modules")
                        || argument.startsWith("-D"))
                .filter(argument -> !argument.startsWith("-Dsurefire") && !argument.startsWith("-Dbasedir"))
                .forEach(command::add);
        for (String name : PROPERTIES) {
            if (System.getProperty(name) != null) {
                command.add("-D%s=%s".formatted(name, System.getProperty(name)));
            }
        }
        command.add("-Xmx1g");
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), main));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
