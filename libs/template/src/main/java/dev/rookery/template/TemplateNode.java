package dev.rookery.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a compiled template. Immutable and shared between threads. */
sealed interface TemplateNode {

    /** The template's own SQL. */
    record Text(SqlText text) implements TemplateNode {}

    /** {@code {{ expression }}}. */
    record Output(Tag tag, Expression expression) implements TemplateNode {}

    /** {@code if}, {@code elif} and {@code else}: the first branch that holds. */
    record Choice(List<Branch> branches, List<TemplateNode> otherwise, boolean hasOtherwise) implements TemplateNode {}

    record Branch(Tag tag, Expression condition, List<TemplateNode> body) {}

    record Loop(Tag tag, List<Expression.Name> targets, Expression elements, List<TemplateNode> body)
            implements TemplateNode {}

    /** {@code set}, plain or augmented such as {@code +=}. */
    record Assignment(Tag tag, List<Expression.Name> targets, Expression.@Nullable Operator operator, Expression value)
            implements TemplateNode {}

    /** Where a tag's expression stands in the source. */
    record Tag(int from, int to) {}
}
