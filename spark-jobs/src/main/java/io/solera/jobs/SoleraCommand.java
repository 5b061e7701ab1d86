package io.solera.jobs;

import io.solera.jobs.console.Console;
import io.solera.jobs.console.ExitCode;
import io.solera.jobs.console.StopNotice;
import io.solera.jobs.console.Version;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.SparkUserAppException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The command line: one class per command. {@code Solera} starts it. */
@Command(
        name = "solera",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Fine-tunes generative models on several rewards at once, on Apache Spark.")
public final class SoleraCommand {
    static final List<Class<?>> COMMANDS = List.of(
            QuickstartCommand.class,
            TrainCommand.class,
            PretrainCommand.class,
            SftCommand.class,
            SampleCommand.class,
            BlendCommand.class,
            ScoreCommand.class,
            SqlCommand.class,
            SelectCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            RewardsCommand.class,
            TrainRewardCommand.class,
            SaTableCommand.class,
            BenchCommand.class,
            PlanCommand.class,
            DoctorCommand.class,
            ImportReinventCommand.class);

    private SoleraCommand() {}

    public static void main(String[] arguments) throws SparkUserAppException {
        Ending.with(execute(arguments));
    }

    /** Runs a command; whatever goes wrong is one line on the error stream and an exit code. */
    static int execute(String... arguments) {
        try (Console.Streams raw = Console.guard()) {
            return execute(raw, arguments);
        }
    }

    private static int execute(Console.Streams raw, String... arguments) {
        CommandLine line = new CommandLine(new SoleraCommand());
        line.setOut(new PrintWriter(raw.out(), true, StandardCharsets.UTF_8)); // help, which may have colours
        COMMANDS.forEach(command -> addTo(line, command, arguments.length > 0 ? arguments[0] : ""));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((problem, given) -> {
            System.err.println("solera: " + ExitCode.shortened(String.valueOf(problem.getMessage())));
            System.err.println(
                    "solera: see " + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return ExitCode.WRONG_REQUEST;
        });
        line.setExecutionExceptionHandler((problem, command, parsed) -> failed(problem));
        try {
            return line.execute(arguments);
        } catch (StackOverflowError | OutOfMemoryError | LinkageError | AssertionError | FSError problem) {
            return failed(problem);
        }
    }

    private static int failed(Throwable problem) {
        if (StopNotice.isStopping()) { // what was stopped has said so
            return ExitCode.FAILED;
        }
        System.err.println("solera: " + ExitCode.message(problem));
        if (Boolean.getBoolean("solera.trace")) {
            problem.printStackTrace(System.err);
        }
        return ExitCode.of(problem);
    }

    /**
     * Adds the command that is asked for; of any other only what the list of commands shows, as reading its options
     * takes long.
     */
    private static void addTo(CommandLine line, Class<?> command, String asked) {
        Command described = command.getAnnotation(Command.class);
        if (described.name().equals(asked)) {
            line.addSubcommand(command);
            return;
        }
        CommandSpec title = CommandSpec.create().name(described.name());
        title.usageMessage().description(described.description());
        line.addSubcommand(described.name(), title);
    }
}
