package io.solera.reward.catalogue;

import io.solera.problem.RequestException;
import io.solera.reward.Reward;
import io.solera.reward.Shaping;
import io.solera.reward.outside.Isolated;
import io.solera.reward.outside.ProgramReward;
import io.solera.reward.outside.ServiceReward;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The rewards that are computed outside of this program: by a process of the user's own, by a service, or in a helper JVM. */
final class OutsideEntries {
    private static final Argument DEADLINE =
            new Argument("deadline", "30", "seconds for a batch; what takes longer is timed-out, never 0");
    private static final Argument BATCH = new Argument("batch", "64", "texts in a request, at most");
    private static final Argument PROCESSES = new Argument(
            "processes", "", "how many at once on an executor, at most, 1 to 1024; as many as processors if not given");
    private static final String OWN = "the user's own";
    private static final String NOTHING = "none: there is nothing to compare with";

    static final List<RewardEntry> ALL = List.of(
            RewardEntry.of("process", Input.TEXT, "what a program of your own says, over lines of JSON")
                    .range("any")
                    .higher(Shaping.IDENTITY)
                    .needs("command", "the program and its arguments; no shell reads it, quotes keep spaces")
                    .argument(DEADLINE)
                    .argument(BATCH)
                    .takes("start", "60", "seconds for a process to be ready, with its libraries loaded")
                    .argument(PROCESSES)
                    .definedBy(OWN)
                    .comparedTo(NOTHING, "none: values are taken as they come")
                    .example("process(command='python3 examples/rewards/rdkit_reward.py')")
                    .made((arguments, resources) -> process(new Values(arguments), resources)),
            RewardEntry.of("http", Input.TEXT, "what a service says, to which batches are posted as JSON")
                    .range("any")
                    .higher(Shaping.IDENTITY)
                    .needs("url", "where to, http or https")
                    .takes(
                            "deadline",
                            "30",
                            "seconds for a batch with all its tries; what takes longer is timed-out, never 0")
                    .argument(BATCH)
                    .takes(
                            "retries",
                            "3",
                            "tries after the first, with growing pauses, when there is no connection, or 408, 429 or 5xx")
                    .takes("connections", "2", "how many at once from an executor, at most")
                    .takes("token-env", "", "the environment variable, on the executors, that holds a bearer token")
                    .definedBy(OWN)
                    .comparedTo(NOTHING, "none: values are taken as they come")
                    .example("http(url='https://models.example.org/score', token-env=SCORE_TOKEN)")
                    .made((arguments, resources) -> http(new Values(arguments), resources)),
            RewardEntry.of(
                            "isolated",
                            Input.TEXT,
                            "another reward of the catalogue, in a helper process that can be killed")
                    .range("that of the reward")
                    .higher(Shaping.IDENTITY)
                    .needs("reward", "the call of the reward, a quote inside it doubled")
                    .argument(DEADLINE)
                    .argument(BATCH)
                    .takes(
                            "memory",
                            "512",
                            "MiB of heap of a helper, 16 to 65536; no more helpers run at once than the machine's memory holds")
                    .argument(PROCESSES)
                    .definedBy("the reward that it holds")
                    .comparedTo("the same reward without it", "none: the same bits")
                    .example("isolated(reward='similarity(reference=''CC(=O)Oc1ccccc1C(=O)O'')')")
                    .made((arguments, resources) -> isolated(new Values(arguments), resources)));

    private OutsideEntries() {}

    private static Reward process(Values values, Resources resources) {
        allow("process", resources);
        return new ProgramReward(
                values.text("command"),
                values.seconds("start"),
                values.seconds("deadline"),
                values.number("batch"),
                values.processes());
    }

    private static Reward http(Values values, Resources resources) {
        allow("http", resources);
        return new ServiceReward(
                values.text("url"),
                values.seconds("deadline"),
                values.number("batch"),
                values.number("retries"),
                values.number("connections"),
                values.text("token-env"));
    }

    private static Reward isolated(Values values, Resources resources) throws IOException {
        RewardCall call = RewardCall.parse(values.text("reward"));
        return new Isolated(
                RewardCatalogue.create(call, resources),
                call.text(),
                values.seconds("deadline"),
                values.number("batch"),
                values.number("memory"),
                values.processes());
    }

    private static void allow(String entry, Resources resources) {
        if (!resources.allows(Permission.PROGRAMS)) {
            throw Permission.PROGRAMS.missing(entry, "it runs a program or calls a service");
        }
    }

    /** The arguments of a call as numbers. */
    private record Values(Map<String, String> arguments) {
        String text(String name) {
            return arguments.getOrDefault(name, "");
        }

        int number(String name) {
            try {
                return Integer.parseInt(text(name));
            } catch (NumberFormatException e) {
                throw new RequestException("Invalid %s: %s (must be a whole number)".formatted(name, text(name)), e);
            }
        }

        Duration seconds(String name) {
            try {
                double seconds = Double.parseDouble(text(name));
                if (seconds >= 0.001 && seconds <= 1e6) {
                    return Duration.ofMillis(Math.round(1000 * seconds));
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
            throw new RequestException(
                    "Invalid %s: %s (must be seconds, 0.001 to 1000000)".formatted(name, text(name)));
        }

        int processes() {
            return text("processes").isEmpty() ? 0 : number("processes");
        }
    }
}
