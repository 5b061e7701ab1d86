package io.solera.jobs;

import io.solera.reward.catalogue.Argument;
import io.solera.reward.catalogue.Group;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.reward.catalogue.RewardEntry;

/** The page docs/rewards.md: the catalogue in Markdown. */
final class RewardsPage {
    private static final String BEGIN = """
            # Rewards

            <!-- written by: bin/solera rewards --markdown > docs/rewards.md -->

            A reward is named in a job (`rewards: {qed: {}}`), in
            `solera score --rewards "qed,similarity(reference='CCO')"`, and in SQL (`SELECT rewards.qed(smiles)`).
            Arguments are written `name(argument=value, ...)`, with a value that has a comma or parenthesis in single
            quotes. A reward gives a number in its own unit, or *missing* with a reason: `invalid-input`,
            `not-applicable`, `timed-out` or `failed`, and never 0 instead. Training uses it through its *shaping*, a
            map onto [0, 1] that a job may replace; *better* says which values the default shaping prefers (window:
            those in between). `bin/solera rewards NAME` prints the same for one reward.
            """;

    private static final int WIDTH = 120;

    private RewardsPage() {}

    static String text() {
        StringBuilder page = new StringBuilder(BEGIN);
        for (Group group : RewardCatalogue.GROUPS) {
            page.append("\n## ").append(group.title()).append("\n\n");
            page.append("| reward | measures | reads | unit | range | better |\n|---|---|---|---|---|---|\n");
            for (RewardEntry entry : group.entries()) {
                page.append("| [`%s`](#%s) | %s | %s | %s | %s | %s |%n"
                        .formatted(
                                entry.name(),
                                entry.name(),
                                cell(entry.summary()),
                                entry.input().column(),
                                cell(RewardsCommand.unit(entry)),
                                cell(entry.range()),
                                RewardsCommand.better(entry)));
            }
            group.entries().forEach(entry -> describe(page, entry));
        }
        return page.toString();
    }

    private static void describe(StringBuilder page, RewardEntry entry) {
        page.append("\n### ").append(entry.name()).append("\n\n");
        page.append(wrapped("", sentence(entry.summary()))).append('\n');
        fact(page, "example", "`" + entry.example() + "`");
        for (Argument argument : entry.arguments()) {
            fact(
                    page,
                    "argument `" + argument.name() + "`",
                    "%s (%s)".formatted(argument.summary(), RewardsCommand.otherwise(argument)));
        }
        fact(page, "shaping", "`" + entry.shaping().text() + "`");
        fact(page, "defined by", entry.citation());
        fact(page, "compared to", entry.reference());
        fact(page, "deviation", entry.deviation());
    }

    private static void fact(StringBuilder page, String key, String value) {
        page.append(wrapped("- ", key + ": " + value));
    }

    /** Lines of at most {@link #WIDTH} columns; those after the first are indented as far as the bullet. */
    private static String wrapped(String bullet, String text) {
        StringBuilder lines = new StringBuilder();
        String line = bullet;
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() > WIDTH) {
                lines.append(line.stripTrailing()).append('\n');
                line = " ".repeat(bullet.length());
            }
            line += word + " ";
        }
        return lines.append(line.stripTrailing()).append('\n').toString();
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + (text.endsWith(".") ? "" : ".");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
