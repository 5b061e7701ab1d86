package io.solera.jobs;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.SparkUserAppException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: one class per command. */
@Command(
        name = "solera",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Fine-tunes generative models on several rewards at once, on Apache Spark.")
public final class Solera {
    private static final List<Class<?>> COMMANDS = List.of(
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
            BenchCommand.class);

    private Solera() {}

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
        CommandLine line = new CommandLine(new Solera());
        line.setOut(new PrintWriter(raw.out(), true, StandardCharsets.UTF_8)); // help, which may have colours
        commands(arguments).forEach(line::addSubcommand);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((problem, given) -> {
            System.err.println("solera: " + problem.getMessage());
            System.err.println(
                    "solera: see " + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return ExitCode.WRONG_REQUEST;
        });
        line.setExecutionExceptionHandler((problem, command, parsed) -> {
            if (StopNotice.isStopping()) { // what was stopped has said so
                return ExitCode.FAILED;
            }
            System.err.println("solera: " + ExitCode.message(problem));
            if (Boolean.getBoolean("solera.trace")) {
                problem.printStackTrace(System.err);
            }
            return ExitCode.of(problem);
        });
        return line.execute(arguments);
    }

    /** The command that is asked for, so that the options of the others need not be read; else all. */
    private static List<Class<?>> commands(String[] arguments) {
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> arguments.length > 0
                        && command.getAnnotation(Command.class).name().equals(arguments[0]))
                .toList();
        return named.isEmpty() ? COMMANDS : named;
    }
}
