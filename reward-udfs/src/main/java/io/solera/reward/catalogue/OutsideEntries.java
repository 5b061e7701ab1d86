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

/** Rewards computed outside this program: by a user's process, by a service, or in a helper JVM. */
final class OutsideEntries {
    private static final Argument DEADLINE =
            new Argument("deadline", "30", "seconds for a batch; a longer one is timed-out, never 0");
    private static final Argument BATCH = new Argument("batch", "64", "texts in a request, at most");
    private static final Argument PROCESSES = new Argument(
            "processes", "", "maximum processes on an executor, 1 to 1024; default: the number of processors");
    private static final String OWN = "defined by the user";
    private static final String NOTHING = "none: nothing to compare with";

    static final List<RewardEntry> ALL = List.of(
            RewardEntry.of("process", Input.TEXT, "scores of your own program, as lines of JSON")
                    .range("any")
                    .higher(Shaping.IDENTITY)
                    .needs("command", "the program and its arguments; not run by a shell; quotes protect spaces")
                    .argument(DEADLINE)
                    .argument(BATCH)
                    .takes("start", "60", "seconds until a process is ready, with its libraries loaded")
                    .argument(PROCESSES)
                    .definedBy(OWN)
                    .comparedTo(NOTHING, "none: values are taken as they come")
                    .example("process(command='python3 examples/rewards/rdkit_reward.py')")
                    .made((arguments, resources) -> process(new Values(arguments), resources)),
            RewardEntry.of("http", Input.TEXT, "scores of an HTTP service; batches are posted as JSON")
                    .range("any")
                    .higher(Shaping.IDENTITY)
                    .needs("url", "the address, http or https")
                    .takes(
                            "deadline",
                            "30",
                            "seconds for a batch with all its attempts; a longer one is timed-out, never 0")
                    .argument(BATCH)
                    .takes(
                            "retries",
                            "3",
                            "attempts after the first, with growing pauses, if there is no connection, or for 408, "
                                    + "429 or 5xx")
                    .takes("connections", "2", "maximum concurrent connections from an executor")
                    .takes("token-env", "", "the environment variable, on the executors, with a bearer token")
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
                    .needs("reward", "the call of the reward; quotes inside it are doubled")
                    .argument(DEADLINE)
                    .argument(BATCH)
                    .takes(
                            "memory",
                            "512",
                            "heap of a helper in MiB, 16 to 65536; only as many helpers run as fit in the machine's "
                                    + "memory")
                    .argument(PROCESSES)
                    .definedBy("the reward inside")
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

    /** Parses numeric arguments of a call. */
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
                // Reported below.
            }
            throw new RequestException(
                    "Invalid %s: %s (must be seconds, 0.001 to 1000000)".formatted(name, text(name)));
        }

        int processes() {
            return text("processes").isEmpty() ? 0 : number("processes");
        }
    }
}
