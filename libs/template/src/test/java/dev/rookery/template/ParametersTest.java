package dev.rookery.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The parameters a template declares. */
class ParametersTest {

    private static List<TemplateParameter> parameters(String template) {
        return Template.compile("%" + template, "n").parameters();
    }

    private static List<String> names(String template) {
        return parameters(template).stream().map(TemplateParameter::name).toList();
    }

    @Test
    @DisplayName("TPL-33 description, required, format, enum and example are told")
    void metadata() {
        assertThat(parameters("{{Int32(lim, 10, description='How ' 'many', required=True, format='int', enum=[10, 20],"
                        + " example=20)}}"))
                .containsExactly(new TemplateParameter(
                        "lim",
                        "Int32",
                        null,
                        true,
                        BigInteger.TEN,
                        "How many",
                        true,
                        "int",
                        List.of(BigInteger.TEN, BigInteger.valueOf(20)),
                        BigInteger.valueOf(20)));
    }

    @Test
    @DisplayName("TPL-33 all branches, in order of first use")
    void branches() {
        assertThat(names("{% if defined(z) %}{{String(a)}}{% elif b == 'x' %}{{Int8(c)}}{% else %}{{d}}{% end %}"
                        + "{% for _i in split_to_array(e, '1') %}{{Date(f)}}{% end %}{{String(a)}}"))
                .containsExactly("z", "a", "b", "c", "d", "e", "f");
    }

    @Test
    @DisplayName("TPL-35 loop variables are parameters unless they begin with an underscore")
    void loopVariables() {
        assertThat(
                        names(
                                "{% for last, x in enumerate_with_last([1]) %}{{symbol(x)}}{% if not last %},{% end %}{% end %}"))
                .containsExactly("x", "last");
        assertThat(
                        names(
                                "{% for _last, _x in enumerate_with_last([1]) %}{{symbol(_x)}}{% if not _last %},{% end %}{% end %}"))
                .isEmpty();
    }

    @Test
    @DisplayName("TPL-06 what the template sets itself is no parameter, unless it is only set in one branch")
    void assigned() {
        assertThat(names("{% set a = String(p) %}{{a}}")).containsExactly("p");
        assertThat(names("{% if defined(q) %}{% set a = 1 %}{% end %}{{a}}")).containsExactly("q", "a");
        assertThat(names("{% if defined(q) %}{% set a = 1 %}{% else %}{% set a = 2 %}{% end %}{{a}}"))
                .containsExactly("q");
    }

    @Test
    @DisplayName("TPL-39 whether a parameter has a default")
    void defaults() {
        var parameters = parameters("{{defined(a)}}{{String(a, 'x', description='d')}}{{Int8(b)}}{{column(c, 'ts')}}"
                + "{{Array(d, 'Int32', default='1,2')}}{{String(e, None)}}{{JSON(f, '[]')}}{{String(g, h)}}");
        assertThat(parameters)
                .extracting(
                        TemplateParameter::name,
                        TemplateParameter::type,
                        TemplateParameter::elementType,
                        TemplateParameter::hasDefault,
                        TemplateParameter::defaultValue)
                .containsExactly(
                        tuple("a", "String", null, true, "x"),
                        tuple("b", "Int8", null, false, null),
                        tuple("c", "String", null, true, "ts"),
                        tuple("d", "Array", "Int32", true, "1,2"),
                        tuple("e", "String", null, false, null),
                        tuple("f", "JSON", null, true, "[]"),
                        tuple("g", "String", null, true, null),
                        tuple("h", "String", null, false, null));
    }

    @Test
    @DisplayName("TPL-33 uses of one parameter are merged")
    void merged() {
        assertThat(parameters("{% if x == 'a' %}{% end %}{{Date(x)}}{{String(x, 'q', description='d')}}"))
                .singleElement()
                .satisfies(parameter -> {
                    assertThat(parameter.type()).isEqualTo("Date");
                    assertThat(parameter.defaultValue()).isEqualTo("q");
                    assertThat(parameter.description()).isEqualTo("d");
                });
    }
}
