package dev.rookery.template;

import static dev.rookery.template.Rendering.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors tell where they are. */
class ErrorsTest {

    @Test
    @DisplayName("node, line, column and expression of a value that does not fit")
    void place() {
        var template = Template.compile("%\nSELECT *\nFROM t\nWHERE a = {{ Int32(x) }}", "endpoint");
        var error = catchThrowableOfType(
                TemplateException.class, () -> template.render(RenderRequest.of(Rendering.parameters("x", "abc"))));
        assertThat(error.node()).isEqualTo("endpoint");
        assertThat(error.line()).isEqualTo(4);
        assertThat(error.column()).isEqualTo(14);
        assertThat(error.expression()).isEqualTo("Int32(x)");
        assertThat(error.status()).isEqualTo(400);
        assertThat(error)
                .hasMessage("Template Syntax Error: Error validating 'abc' to type Int32"
                        + " (node endpoint, line 4, column 14, in `Int32(x)`)");
    }

    @ParameterizedTest
    @DisplayName("syntax errors")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{{ }} | the expression is empty | 1",
                "{{ x | the expression is not closed with }} | 1",
                "{% if x %} | missing {% end %} for {% if %} | 1",
                "{% for x in y %} | missing {% end %} for {% for %} | 1",
                "{% for x in y %}{% else %}{% end %} | {% else %} does not belong to {% for %} | 1",
                "{% end %} | {% end %} without an open block | 1",
                "{% elif x %} | {% elif %} without an open block | 1",
                "{% if x %}{% else %}{% elif y %}{% end %} | {% elif %} does not belong to {% if %} | 1",
                "{% if %}{% end %} | {% if %} misses its expression | 1",
                "{% foo %} | unknown tag {% foo %} | 1",
                "{% %} | the tag is empty | 1",
                "{% else x %} | {% else %} takes no expression | 1",
                "{# x | the comment is not closed with #} | 1",
                "{{ 'a }} | the string is not closed | 1",
                "{{ (1 }} | expected ')', found end of expression | 1",
                "{{ 1 2 }} | unexpected number | 1",
                "{{ 1 + }} | unexpected end of expression | 1",
                "{{ ? }} | unexpected character '?' | 1",
                "{{ Int32() }} | Int32() does not take 0 argument(s) | 1",
                "{{ Int32(x, foo=1) }} | Int32() does not take the argument foo | 1",
                "{{ Int32(x, 1, default=1) }} | Int32() does not take the argument default | 1",
                "{{ len(1, 2) }} | len() does not take 2 argument(s) | 1",
                "{{ column(default='a') }} | column() misses its argument x | 1",
                "{{ f(a=1, 2) }} | a positional argument follows a keyword argument | 1",
                "{{ len(a=1, a=2) }} | the keyword argument a is repeated | 1",
                "{{ x.foo() }} | there is no method .foo(…) | 1",
                "{% set x %} | unexpected end of expression | 1",
                "{% set x == 1 %} | unexpected '==' | 1",
                "{{ sql_and(a=1) }} | does not end in __in | 1",
                "{{ defined() }} | defined() takes one argument | 1"
            })
    void syntax(String template, String message, int line) {
        var error = failure("\n" + template);
        assertThat(error.kind()).isEqualTo(TemplateException.Kind.SYNTAX);
        assertThat(error.getMessage()).startsWith("Template Syntax Error: ").contains(message);
        assertThat(error.line()).isEqualTo(line + 1);
        assertThat(error.column()).isPositive();
    }

    @Test
    @DisplayName("what is missing is told before what follows from it")
    void missingFirst() {
        assertThat(failure("{{String(a, required=True)}}{{ [1][Int8(b, 5)] }}").kind())
                .isEqualTo(TemplateException.Kind.MISSING_PARAMETERS);
        assertThat(failure("{{String(a, required=True)}}{{ error('stop') }}")).hasMessage("stop");
    }

    @Test
    @DisplayName("long values are shortened in messages")
    void longValues() {
        assertThat(failure("{{Int8(x)}}", "x", "a".repeat(100_000)).getMessage())
                .hasSizeLessThan(400);
        assertThat(failure("{{column(x)}}", "x", "a ".repeat(100_000)).getMessage())
                .hasSizeLessThan(400);
        assertThat(failure("{{date_diff_in_days(x, x)}}", "x", "a".repeat(100_000))
                        .getMessage())
                .hasSizeLessThan(400);
    }

    @Test
    @DisplayName("secrets do not appear in messages")
    void secrets() {
        var template = Template.compile("%{{Int8(tb_secret('s'))}}", "n");
        var error = catchThrowableOfType(
                TemplateException.class,
                () -> template.render(
                        RenderRequest.of(Rendering.parameters()).withSecrets(_ -> Optional.of("hunter2"))));
        assertThat(error.getMessage()).doesNotContain("hunter2");
    }
}
