package io.solera.text.chat;

import io.solera.text.chat.Values.Space;
import io.solera.text.chat.Values.Undefined;
import java.util.ArrayList;
import java.util.List;

/** Renders a template's statements. */
final class Renderer {
    /** How a list of statements ends. */
    private enum Flow {
        THROUGH,
        BREAK,
        CONTINUE
    }

    private final Meter meter;
    private final Evaluator evaluator;
    private final int longest;

    /** @param longest maximum characters of the text */
    Renderer(Meter meter, int longest) {
        this.meter = meter;
        this.evaluator = new Evaluator(meter);
        this.longest = longest;
    }

    String text(List<Statement> statements, Scope scope) {
        StringBuilder out = new StringBuilder();
        all(statements, scope, out);
        meter.made(out.length());
        return out.toString();
    }

    private Flow all(List<Statement> statements, Scope scope, StringBuilder out) {
        meter.enter();
        Flow flow = Flow.THROUGH;
        for (int k = 0; k < statements.size() && flow == Flow.THROUGH; k++) {
            Statement statement = statements.get(k);
            meter.line = statement.line();
            meter.step();
            flow = one(statement, scope, out);
        }
        meter.leave();
        return flow;
    }

    private Flow one(Statement statement, Scope scope, StringBuilder out) {
        if (statement instanceof Statement.Written written) {
            write(written.text(), out);
        } else if (statement instanceof Statement.Output output) {
            write(Values.text(evaluator.value(output.value(), scope), meter), out);
        } else if (statement instanceof Statement.If choice) {
            for (Statement.Branch branch : choice.branches()) {
                if (evaluator.isTrue(branch.condition(), scope)) {
                    return all(branch.body(), scope, out);
                }
            }
            return all(choice.otherwise(), scope, out);
        } else if (statement instanceof Statement.For loop) {
            return loop(loop, scope, out);
        } else if (statement instanceof Statement.Set set) {
            set(set, scope);
        } else if (statement instanceof Statement.SetText set) {
            Scope inside = new Scope(scope);
            inside.set(Statement.SetText.TEXT, text(set.body(), new Scope(scope)));
            scope.set(set.name(), evaluator.value(set.filtered(), inside));
        } else if (statement instanceof Statement.Macro macro) {
            scope.set(macro.name(), (Values.Function) given -> called(macro, given, scope));
        } else if (statement instanceof Statement.Generation generation) {
            return all(generation.body(), new Scope(scope), out);
        } else if (statement instanceof Statement.Leave leave) {
            return leave.loop() ? Flow.BREAK : Flow.CONTINUE;
        }
        return Flow.THROUGH;
    }

    private void write(String text, StringBuilder out) {
        if ((long) out.length() + text.length() > longest) {
            throw new TemplateException("the template writes more than %d characters".formatted(longest));
        }
        out.append(text);
    }

    private void set(Statement.Set set, Scope scope) {
        Object value = evaluator.value(set.value(), scope);
        List<String> names = set.names();
        if (set.attribute() != null) {
            if (!(scope.value(names.get(0)) instanceof Space space)) {
                throw new TemplateException("%s.%s cannot be set (must be in a namespace)"
                        .formatted(TemplateException.shown(names.get(0)), TemplateException.shown(set.attribute())));
            }
            space.fields().put(set.attribute(), value);
        } else if (names.size() == 1) {
            scope.set(names.get(0), value);
        } else {
            unpack(names, value, scope);
        }
    }

    private void unpack(List<String> names, Object value, Scope scope) {
        List<Object> values = Values.entries(value, meter);
        if (values.size() != names.size()) {
            throw new TemplateException("%d values are assigned to %d names".formatted(values.size(), names.size()));
        }
        for (int k = 0; k < names.size(); k++) {
            scope.set(names.get(k), values.get(k));
        }
    }

    private Flow loop(Statement.For loop, Scope scope, StringBuilder out) {
        List<Object> entries = new ArrayList<>();
        for (Object entry : Values.entries(evaluator.value(loop.in(), scope), meter)) {
            if (loop.where() == null || evaluator.isTrue(loop.where(), inside(loop, entry, scope))) {
                entries.add(entry);
            }
        }
        if (entries.isEmpty()) {
            return all(loop.otherwise(), scope, out);
        }
        for (int k = 0; k < entries.size(); k++) {
            Scope round = inside(loop, entries.get(k), scope);
            round.set("loop", new Loop(k, entries));
            if (all(loop.body(), round, out) == Flow.BREAK) {
                break;
            }
        }
        return Flow.THROUGH;
    }

    private Scope inside(Statement.For loop, Object entry, Scope scope) {
        meter.step();
        Scope round = new Scope(scope);
        if (loop.names().size() == 1) {
            round.set(loop.names().get(0), entry);
        } else {
            unpack(loop.names(), entry, round);
        }
        return round;
    }

    private String called(Statement.Macro macro, Arguments given, Scope scope) {
        List<String> parameters = macro.parameters();
        given.accept(parameters.toArray(new String[0]));
        int line = meter.line;
        Scope inside = new Scope(scope);
        for (int k = 0; k < parameters.size(); k++) {
            String name = parameters.get(k);
            Expression otherwise = macro.defaults().get(name);
            Object value = given.value(k, name, Values.NONE);
            boolean missing = k >= given.positional().size() && !given.names().containsKey(name);
            if (missing) {
                value = otherwise == null ? new Undefined(name) : evaluator.value(otherwise, inside);
            }
            inside.set(name, value);
        }
        String text = text(macro.body(), inside);
        meter.line = line;
        return text;
    }
}
