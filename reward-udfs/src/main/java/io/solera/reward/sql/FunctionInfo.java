package io.solera.reward.sql;

import io.solera.lang.EnumText;
import io.solera.reward.catalogue.Argument;
import io.solera.reward.catalogue.Input;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.catalogue.RewardEntry;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.jspecify.annotations.Nullable;

/** The text of {@code DESCRIBE FUNCTION EXTENDED}, from the catalogue. */
final class FunctionInfo {
    private FunctionInfo() {}

    /** @param text description of the overload with a single parameter */
    static ExpressionInfo of(String name, SqlFunction function, @Nullable MoleculeText text) {
        return info(
                RewardExpression.class,
                name,
                text == null ? usage(function) : "%s %s".formatted(usage(text), usage(function)),
                arguments(function),
                "\n    Examples:\n      > SELECT _FUNC_(%s);\n  ".formatted(String.join(", ", example(function))),
                note(function));
    }

    static ExpressionInfo of(MoleculeText text) {
        StringBuilder arguments = new StringBuilder("\n    Arguments:\n");
        line(arguments, "smiles", "the molecule; NULL and broken texts give NULL");
        return info(
                MoleculeTextExpression.class,
                SoleraExtensions.PREFIX + text.function(),
                usage(text),
                arguments.append("  ").toString(),
                "\n    Examples:\n      > SELECT _FUNC_('OC(=O)c1ccccc1');\n  ",
                "");
    }

    static ExpressionInfo ofTable() {
        StringBuilder arguments = new StringBuilder("\n    Arguments:\n");
        line(arguments, "table", "TABLE(name) or TABLE(SELECT ...)");
        line(arguments, "column", "the name of the column with the texts");
        line(arguments, "rewards", "calls of the catalogue, separated by commas");
        return info(
                ScoreTable.class,
                ScoreTable.NAME,
                "_FUNC_(table, column, rewards) - The rows of a table with, per reward, its value and "
                        + "<reward>_status. Rewards"
                        + " score many rows at a time, which makes networks faster than one row at a time.",
                arguments.append("  ").toString(),
                "\n    Examples:\n      > SELECT * FROM _FUNC_(TABLE(SELECT 'CCO' AS smiles), 'smiles', "
                        + "'qed,activity(model=gsk3)');\n  ",
                "");
    }

    private static ExpressionInfo info(
            Class<?> type, String name, String usage, String arguments, String examples, String note) {
        return new ExpressionInfo(
                type.getName(), null, name, usage, arguments, examples, note, "misc_funcs", "0.1.0", "", "scala_udf");
    }

    private static String usage(MoleculeText text) {
        return "_FUNC_(smiles) - Returns %s.".formatted(text.summary());
    }

    private static String usage(SqlFunction function) {
        RewardEntry entry = function.entry();
        String parameters = String.join(", ", function.parameters());
        return function.status()
                ? ("_FUNC_(%s) - The status of %s: ok, or why it is NULL: invalid-input, not-applicable, timed-out or "
                                + "failed.")
                        .formatted(parameters, entry.name())
                : "_FUNC_(%s) - Returns %s. Unit: %s. Range: %s. Better: %s."
                        .formatted(
                                parameters,
                                entry.summary(),
                                entry.unit().isEmpty() ? "none" : entry.unit(),
                                entry.range(),
                                EnumText.of(entry.direction()));
    }

    private static String arguments(SqlFunction function) {
        RewardEntry entry = function.entry();
        StringBuilder text = new StringBuilder("\n    Arguments:\n");
        line(text, entry.input().column(), "the text to score; NULL and broken texts give NULL");
        if (entry.pairs()) {
            line(text, RewardEntry.REFERENCE, "the text to compare with, a column or the same for all rows");
        }
        List<String> names = SqlArguments.names(entry);
        for (Argument argument : entry.arguments()) {
            if (names.contains(argument.name())) {
                String otherwise = argument.otherwise();
                String given = otherwise == null
                        ? "a constant, must be given"
                        : otherwise.isEmpty() ? "a constant" : "a constant, %s when not given".formatted(otherwise);
                line(text, argument.name(), "%s (%s)".formatted(argument.summary(), given));
            }
        }
        return text.append("  ").toString();
    }

    private static void line(StringBuilder text, String name, String meaning) {
        text.append("      * ").append(name).append(" - ").append(meaning).append('\n');
    }

    private static String note(SqlFunction function) {
        RewardEntry entry = function.entry();
        String cost = function.network()
                ? "\n      A network scores one row at a time here: over many rows use %s.".formatted(ScoreTable.NAME)
                : "";
        return "\n    Defined by %s.\n      Compared to %s: %s.%s\n  "
                .formatted(entry.citation(), entry.reference(), entry.deviation(), cost);
    }

    /** The parameters of a working call: a text, and the arguments of the catalogue's example. */
    static List<String> example(SqlFunction function) {
        RewardEntry entry = function.entry();
        RewardCall call = RewardCall.parse(entry.example());
        List<String> parameters = new ArrayList<>();
        parameters.add(quoted(text(entry.input())));
        if (entry.pairs()) {
            parameters.add(quoted(call.arguments().getOrDefault(RewardEntry.REFERENCE, text(entry.input()))));
        }
        List<String> names = SqlArguments.names(entry);
        List<String> named =
                call.arguments().keySet().stream().filter(names::contains).toList();
        if (!named.isEmpty()) {
            RewardCall constants = new RewardCall(
                    call.name(),
                    call.arguments().entrySet().stream()
                            .filter(argument -> names.contains(argument.getKey()))
                            .collect(java.util.stream.Collectors.toMap(
                                    java.util.Map.Entry::getKey, java.util.Map.Entry::getValue)));
            String text = constants.text();
            parameters.add(quoted(text.substring(entry.name().length() + 1, text.length() - 1)));
        }
        return parameters;
    }

    private static String quoted(String text) {
        String mark = text.contains("'") && !text.contains("\"") ? "\"" : "'";
        return mark + text.replace("\\", "\\\\").replace(mark, "\\" + mark) + mark;
    }

    private static String text(Input input) {
        return switch (input) {
            case SMILES -> "CC(=O)Oc1ccccc1C(=O)O";
            case PROTEIN -> "MKVLAAGIWKRHDE";
            case DNA -> "ACGTACGTTTGACCAGCGT";
            case TEXT -> "The cat sat on the mat.";
        };
    }
}
