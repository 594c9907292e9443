package dev.rookery.template;

import dev.rookery.template.TemplateNode.Tag;
import java.util.List;
import java.util.function.Supplier;

/** Renders the parts of one template for one request. */
final class Renderer {
    private static final String HIDDEN = "A value does not fit here; it is not shown, as the template reads secrets";

    private final Template template;
    private final Frame frame;
    private final Evaluator evaluator;
    private final SqlWriter writer;

    Renderer(Template template, Frame frame, SqlWriter writer) {
        this.template = template;
        this.frame = frame;
        this.evaluator = new Evaluator(frame);
        this.writer = writer;
    }

    void render(List<TemplateNode> nodes) {
        for (var node : nodes) {
            switch (node) {
                case TemplateNode.Text text -> text(text.text());
                case TemplateNode.Output output -> output(output);
                case TemplateNode.Choice choice -> choice(choice);
                case TemplateNode.Loop loop -> loop(loop);
                case TemplateNode.Assignment assignment -> assignment(assignment);
            }
        }
    }

    private void text(SqlText text) {
        try {
            writer.text(text);
        } catch (EvaluationException problem) {
            throw placed(new Tag(0, 0), problem);
        }
    }

    private void output(TemplateNode.Output output) {
        try {
            writer.value(evaluator.evaluate(output.expression()));
        } catch (EvaluationException problem) {
            throw placed(output.tag(), problem);
        } catch (TemplateException error) {
            throw error.at(template.place(output.tag()));
        }
    }

    private void choice(TemplateNode.Choice choice) {
        for (var branch : choice.branches()) {
            if (Semantics.truthy(in(branch.tag(), () -> evaluator.evaluate(branch.condition())))) {
                render(branch.body());
                return;
            }
        }
        render(choice.otherwise());
    }

    private void loop(TemplateNode.Loop loop) {
        var elements = in(loop.tag(), () -> evaluator.evaluate(loop.elements()));
        var items = in(loop.tag(), () -> Containers.elements(elements, frame.budget));
        for (var item : items) {
            in(loop.tag(), () -> {
                frame.budget.step();
                bind(loop.targets(), item);
                return item;
            });
            render(loop.body());
        }
    }

    private void assignment(TemplateNode.Assignment assignment) {
        in(assignment.tag(), () -> {
            var value = evaluator.evaluate(assignment.value());
            if (assignment.operator() != null) {
                var old = frame.get(assignment.targets().getFirst());
                value = Operations.arithmetic(old, assignment.operator(), value, frame.budget);
            }
            bind(assignment.targets(), value);
            return value;
        });
    }

    private void bind(List<Expression.Name> targets, Value value) {
        if (targets.size() == 1) {
            frame.set(targets.getFirst(), value);
            return;
        }
        var parts = Containers.elements(value, frame.budget);
        if (parts.size() != targets.size()) {
            throw new EvaluationException(
                    "cannot unpack " + parts.size() + " value(s) into " + targets.size() + " names");
        }
        for (var i = 0; i < parts.size(); i++) {
            frame.set(targets.get(i), parts.get(i));
        }
    }

    private <T> T in(Tag tag, Supplier<T> action) {
        try {
            return action.get();
        } catch (EvaluationException problem) {
            throw placed(tag, problem);
        } catch (TemplateException error) {
            throw error.at(template.place(tag));
        }
    }

    private TemplateException placed(Tag tag, EvaluationException problem) {
        // A value may be a secret, or made of one.
        return frame.secretsRead && problem.kind() == TemplateException.Kind.INVALID_VALUE
                ? TemplateException.at(template.place(tag), problem.kind(), HIDDEN, null)
                : TemplateException.at(template.place(tag), problem.kind(), message(problem), problem);
    }

    private static String message(EvaluationException problem) {
        var message = problem.getMessage();
        return message == null ? problem.kind().toString() : message;
    }
}
