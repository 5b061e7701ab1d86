package io.solera.jobs;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: one class per command. */
@Command(
        name = "solera",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Fine-tunes generative models on several rewards at once, on Apache Spark.",
        subcommands = {
            QuickstartCommand.class,
            TrainCommand.class,
            PretrainCommand.class,
            SftCommand.class,
            SampleCommand.class,
            ScoreCommand.class,
            SqlCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            RewardsCommand.class,
            TrainRewardCommand.class,
            SaTableCommand.class,
            BenchCommand.class
        })
public final class Solera {
    private Solera() {}

    public static void main(String[] arguments) {
        // not a return: a barrier stage in local mode leaves a thread that would keep the JVM alive
        System.exit(execute(arguments));
    }

    /** Runs a command; whatever goes wrong is one line on the error stream and an exit code. */
    static int execute(String... arguments) {
        CommandLine line = new CommandLine(new Solera());
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
}
