package io.solera.jobs;

import java.io.PrintWriter;
import java.util.List;
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

    public static void main(String[] arguments) {
        // not a return: a barrier stage in local mode leaves a thread that would keep the JVM alive
        System.exit(execute(arguments));
    }

    /** Runs a command; whatever goes wrong is one line on the error stream and an exit code. */
    static int execute(String... arguments) {
        CommandLine line = new CommandLine(new Solera());
        commands(arguments).forEach(line::addSubcommand);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((problem, given) -> {
            PrintWriter err = problem.getCommandLine().getErr();
            err.println("solera: " + problem.getMessage());
            err.println(
                    "solera: see " + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return ExitCode.WRONG_REQUEST;
        });
        line.setExecutionExceptionHandler((problem, command, parsed) -> {
            command.getErr().println("solera: " + ExitCode.message(problem));
            if (Boolean.getBoolean("solera.trace")) {
                problem.printStackTrace(command.getErr());
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
