package io.solera.jobs;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "solera",
        mixinStandardHelpOptions = true,
        description = "Fine-tunes generative models on several rewards at once, on Apache Spark.",
        subcommands = {PretrainCommand.class})
public final class Solera {
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Solera()).execute(arguments));
    }
}
