package io.solera.jobs.input;

import io.solera.checkpoint.tokenizer.ChatFormat;
import io.solera.checkpoint.tokenizer.Conversation;
import io.solera.config.SftJob;
import io.solera.table.file.MalformedTableException;
import io.solera.text.chat.TemplateException;
import io.solera.train.likelihood.Examples.Example;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table that hold conversations: lists of messages, or their JSON as text.
 *
 * @param asked what is asked; where nothing is answered in a column of its own, whole conversations
 * @param answered what the assistant says then; null: the last that it says in the conversation
 * @param tools that the assistant may call, which its chat template writes; null: the table has no such column
 */
public record Chats(
        String table,
        String asked,
        @Nullable String answered,
        @Nullable String tools) {
    static final String TOOLS = "tools";

    /** Those of a job of supervised fine-tuning; empty where it reads texts. */
    public static Optional<Chats> of(SftJob job, TableRows table) {
        String tools = table.has(TOOLS) ? TOOLS : null;
        if (job.messages() != null) {
            return Optional.of(new Chats(job.table(), job.messages(), null, tools));
        }
        Optional<String> whole = SftJob.columnOf(job.text()).filter(table::holdsLists);
        if (whole.isPresent()) {
            return Optional.of(new Chats(job.table(), whole.get(), null, tools));
        }
        Optional<String> asked = SftJob.columnOf(job.prompt()).filter(table::holdsLists);
        Optional<String> answered = SftJob.columnOf(job.completion()).filter(table::holdsLists);
        return asked.isPresent() && answered.isPresent()
                ? Optional.of(new Chats(job.table(), asked.get(), answered.get(), tools))
                : Optional.empty();
    }

    public Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>(List.of(asked));
        if (answered != null) {
            columns.add(answered);
        }
        if (tools != null) {
            columns.add(tools);
        }
        return columns;
    }

    /**
     * What is learned of a row; empty where the assistant says nothing in it, or nothing is asked before.
     *
     * @param place of the row, from 0
     */
    public Optional<Example> example(Map<String, String> row, int place, ChatFormat format) {
        return written(place, () -> {
            Optional<Conversation> first = conversation(row, asked);
            Optional<Conversation> second = answered == null ? Optional.empty() : conversation(row, answered);
            if (first.isEmpty() || (answered != null && second.isEmpty())) {
                return Optional.empty();
            }
            Conversation all = second.map(first.get()::with).orElse(first.get()).answered();
            Conversation before = answered == null ? all.asked() : first.get();
            if (!all.says()
                    || before.messages().isEmpty()
                    || all.messages().size() <= before.messages().size()) {
                return Optional.empty();
            }
            ChatFormat.Answered written = format.answered(before, all, tools(row));
            return Optional.of(new Example(written.prompt(), written.completion(), true));
        });
    }

    /** The prompt of a row, without an answer where it has one; empty where it has no conversation. */
    Optional<String> prompt(Map<String, String> row, int place, ChatFormat format) {
        return written(
                place,
                () -> conversation(row, asked)
                        .map(Conversation::asked)
                        .filter(before -> !before.messages().isEmpty())
                        .map(before -> format.prompt(before, tools(row))));
    }

    private @Nullable List<Object> tools(Map<String, String> row) {
        String cell = tools == null ? null : row.get(tools);
        return cell == null ? null : Conversation.list(cell);
    }

    private static Optional<Conversation> conversation(Map<String, String> row, String column) {
        return Optional.ofNullable(row.get(column)).map(Conversation::of);
    }

    private <T> T written(int place, Supplier<T> text) {
        try {
            return text.get();
        } catch (TemplateException e) {
            throw new MalformedTableException(
                    "Cannot read %s: row %d: %s: %s".formatted(table, place + 1, asked, e.getMessage()), e);
        }
    }
}
