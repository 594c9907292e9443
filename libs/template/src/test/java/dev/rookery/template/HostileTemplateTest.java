package dev.rookery.template;

import static dev.rookery.template.Rendering.failure;
import static dev.rookery.template.Rendering.render;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates and parameters that try to use up the machine or reach out of the language. */
class HostileTemplateTest {

    /** Far above the 50 ms of the contract, as this machine may be busy; what runs away takes minutes. */
    private static final Duration SOON = Duration.ofSeconds(2);

    @ParameterizedTest
    @DisplayName("loops, growth and nesting end in a limit error")
    @ValueSource(
            strings = {
                "{% for a in range(100000) %}{% for b in range(100000) %}{{a}}{% end %}{% end %}",
                "{% for a in range(1000000000) %}{% end %}",
                "{% set x = 'a' %}{% for i in range(100) %}{% set x = x + x %}{% end %}",
                "{% set x = 'a' * 100000000000 %}",
                "{% set x = [1] * 100000000000 %}",
                "{% set x = [1] %}{% for i in range(100) %}{% set x = x + x %}{% end %}",
                "{% set x = [] %}{% for i in range(100) %}{% set x = [x, x] %}{% end %}",
                "{% set x = {} %}{% for i in range(100) %}{% set x = {'a': x} %}{% end %}",
                "{% set x = [1,2] %}{% for i in range(30) %}{% set x = [x, x] %}{% end %}{{str(x)}}",
                "{% set x = [1,2] %}{% for i in range(30) %}{% set x = [x, x] %}{% end %}{{x}}",
                "{% set x = [1] %}{% set y = [1] %}{% for i in range(30) %}{% set x = [x, x] %}{% set y = [y, y] %}"
                        + "{% end %}{% if x == y %}{% end %}",
                "{% set x = [1] %}{% set y = [1] %}{% for i in range(30) %}{% set x = [x, x] %}{% set y = [y, y] %}"
                        + "{% end %}{% if x < y %}{% end %}",
                "{{ 10 ** 1000000000 }}",
                "{{ 9 ** 9 ** 9 ** 9 }}",
                "{% set x = 3 %}{% for i in range(100) %}{% set x = x * x %}{% end %}",
                "{% set s = 'a' * 500000 %}{{ s in s + 'b' }}",
                "{% set s = 'a' * 500000 %}{{ (s + s).find(s[1:] + 'b') }}",
                "{% set s = 'a' * 500000 %}{{ s.replace('a', 'bbbb') }}",
                "{% set s = 'a' * 500000 %}{{ s.count(s[2:]) }}",
                "{% set s = 'a' * 500000 %}{% for i in range(1000) %}{% set t = s.upper() %}{% end %}",
                "{% set s = 'a,' * 400000 %}{{ s.split(',') }}",
                "{% set s = 'a' * 1000000 %}{{s}}{{s}}{{s}}{{s}}{{s}}",
                "{% for i in range(90000) %}{% for j in range(3) %}{{ sorted(range(1000)) }}{% end %}{% end %}",
                "{{ ','.join(['a' * 900000, 'b' * 900000]) }}",
                "{{ '1'.zfill(1000000000) }}",
                "{{ JSON('[' * 100000) }}",
                "{{ max(range(99999)) + max(range(99999)) + max(range(99999)) + sum(range(99999))"
                        + " + sum(range(99999)) }}",
                "{% set x = 'ab' * 400000 %}{{ x.strip(x) }}"
            })
    void bounded(String template) {
        var start = System.nanoTime();
        var error = failure(template);
        assertThat(error).isNotNull();
        assertThat(error.kind()).isEqualTo(TemplateException.Kind.LIMIT);
        assertThat(error.getMessage()).startsWith("Template Syntax Error: Limit exceeded, ");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }

    @ParameterizedTest
    @DisplayName("deep sources are refused when they are compiled, and do not overflow the stack")
    @ValueSource(strings = {"(", "[", "-(", "not (", "{1:", "f(", "a[", "x if y else (", "2**("})
    void deepExpressions(String opening) {
        assertThat(failure("{{" + opening.repeat(50_000) + "1}}").kind()).isEqualTo(TemplateException.Kind.SYNTAX);
    }

    @ParameterizedTest
    @DisplayName("long chains are refused or evaluated, and do not overflow the stack")
    @ValueSource(strings = {"1+", "-", "not ", "1 and ", "1 or ", "1<", "2**", "1 if 1 else "})
    void longChains(String link) {
        assertThat(failureOrNothing("{% if " + link.repeat(50_000) + "1 %}{% end %}"))
                .isIn(TemplateException.Kind.SYNTAX, TemplateException.Kind.LIMIT, null);
        assertThat(failureOrNothing("{{x" + ".upper()".repeat(50_000) + "}}")).isEqualTo(TemplateException.Kind.SYNTAX);
        assertThat(failureOrNothing("{{x" + "[0]".repeat(50_000) + "}}")).isEqualTo(TemplateException.Kind.SYNTAX);
    }

    @Test
    @DisplayName("the longest chain that is accepted evaluates on an ordinary stack")
    void longestChain() {
        assertThat(render("{{" + "1+".repeat(990) + "1}}")).isEqualTo("991");
        assertThat(render("{{'a'" + ".upper()".repeat(990) + "}}")).isEqualTo("'A'");
        assertThat(render("{{" + "(".repeat(60) + "1" + "+1)".repeat(60) + "}}"))
                .isEqualTo("61");
    }

    private static TemplateException.@Nullable Kind failureOrNothing(String template) {
        try {
            render(template);
            return null;
        } catch (TemplateException error) {
            return error.kind();
        }
    }

    @Test
    @DisplayName("blocks are nested at most 64 deep")
    void deepBlocks() {
        assertThat(failure("{% if 1 %}".repeat(10_000)).getMessage()).contains("nested more than 64 deep");
        assertThat(render("{% if 1 %}".repeat(60) + "x" + "{% end %}".repeat(60)))
                .isEqualTo("x");
    }

    @Test
    @DisplayName("a source is at most 1 MiB long")
    void longSource() {
        assertThatThrownBy(() -> Template.compile("%" + " ".repeat(Template.MAX_SOURCE), "n"))
                .hasMessageContaining("longer than");
    }

    @Test
    @DisplayName("time is limited too")
    void time() {
        var now = new AtomicLong();
        var template = Template.compile("%{% for i in range(20000) %}{{i}},{% end %}", "n");
        var request = RenderRequest.of(Map.of());
        assertThat(template.render(request, () -> 0).sql()).endsWith("19999,");
        var error = catchThrowableOfType(
                TemplateException.class, () -> template.render(request, () -> now.addAndGet(600_000_000)));
        assertThat(error.kind()).isEqualTo(TemplateException.Kind.LIMIT);
        assertThat(error.getMessage()).contains("1000 ms");
    }

    @Test
    @DisplayName("limits are the caller's")
    void limits() {
        var request = RenderRequest.of(Rendering.parameters("x", "a".repeat(200)))
                .withLimits(new RenderLimits(1000, 100, 1000, 10, Duration.ofSeconds(1)));
        var template = Template.compile("%{{x}}", "n");
        assertThatThrownBy(() -> template.render(request)).hasMessageContaining("longer than 100 characters");
        assertThatThrownBy(() -> new RenderLimits(0, 1, 1, 1, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @DisplayName("nothing of Java or Python is reachable")
    @ValueSource(
            strings = {
                "{{ x.__class__ }}",
                "{{ x.getClass() }}",
                "{{ x.__class__.__mro__ }}",
                "{{ ''.format('a') }}",
                "{{ __import__('os') }}",
                "{{ open('/etc/passwd') }}",
                "{{ eval('1') }}",
                "{{ (lambda: 1)() }}",
                "{{ [x for x in y] }}",
                "{{ f'{x}' }}",
                "{{ x.y }}",
                "{{ x() }}",
                "{{ x; y }}",
                "{{ x := 1 }}",
                "{% import os %}",
                "{% from os import path %}",
                "{% include 'a' %}",
                "{% extends 'a' %}",
                "{% raw x %}",
                "{% module x %}",
                "{% apply f %}{% end %}",
                "{% while True %}{% end %}",
                "{% try %}{% end %}",
                "{% block a %}{% end %}",
                "{% set x.y = 1 %}",
                "{% set x[0] = 1 %}",
                "{% set True = 1 %}"
            })
    void closed(String template) {
        assertThat(failure(template).kind()).isEqualTo(TemplateException.Kind.SYNTAX);
    }

    @Test
    @DisplayName("values are never templates")
    void noSecondRendering() {
        assertThat(render("{{String(x)}}", "x", "{{tb_secret('a')}}{% end %}"))
                .isEqualTo("'{{tb_secret(\\'a\\')}}{% end %}'");
    }

    @Test
    @DisplayName("a JSON parameter is bounded in depth and type")
    void jsonParameters() {
        Object deep = List.of();
        for (var i = 0; i < 40; i++) {
            deep = List.of(deep);
        }
        var tooDeep = deep;
        assertThatThrownBy(() -> ParameterValue.ofJson(tooDeep)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ParameterValue.ofJson(new Object())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ParameterValue.ofJson(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ParameterValue.ofJson(BigInteger.TWO.pow(600)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
