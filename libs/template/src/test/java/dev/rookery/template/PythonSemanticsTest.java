package dev.rookery.template;

import static dev.rookery.template.Rendering.failure;
import static dev.rookery.template.Rendering.render;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions mean what they mean in Python; the expected values are Python's own. */
class PythonSemanticsTest {

    @ParameterizedTest
    @DisplayName("expressions")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1 + 2 * 3 | 7",
                "(1 + 2) * 3 | 9",
                "7 / 2 | 3.5",
                "4 / 2 | 2.0",
                "7 // 2 | 3",
                "-7 // 2 | -4",
                "7 % 3 | 1",
                "-7 % 3 | 2",
                "7 % -3 | -2",
                "7.5 // 2 | 3.0",
                "-7.5 % 2 | 0.5",
                "2 ** 10 | 1024",
                "2 ** -1 | 0.5",
                "2 ** 3 ** 2 | 512",
                "(-1) ** 1000001 | -1",
                "-2 ** 2 | -4",
                "--3 | 3",
                "1e3 | 1000.0",
                "1_000 | 1000",
                "0x1f | 31",
                ".5 | 0.5",
                "0.1 + 0.2 | 0.30000000000000004",
                "1e16 | 1e+16",
                "1e15 | 1000000000000000.0",
                "0.0001 | 0.0001",
                "0.00001 | 1e-05",
                "str(1.0) | '1.0'",
                "str(1e100) | '1e+100'",
                "str(True) | 'True'",
                "str(None) | 'None'",
                "str([1, 'a', 2.5, True, None]) | '[1, \\'a\\', 2.5, True, None]'",
                "str({'a': 1}) | '{\\'a\\': 1}'",
                "str((1,)) | '(1,)'",
                "1 < 2 < 3 | 1",
                "1 < 3 < 2 | 0",
                "3 > 2 == True | 0",
                "1 == 1.0 | 1",
                "True == 1 | 1",
                "'1' == 1 | 0",
                "'a' < 'b' | 1",
                "[1, 2] < [1, 3] | 1",
                "[1] == (1,) | 0",
                "1 != 2 | 1",
                "1 <> 2 |",
                "'a' in 'cat' | 1",
                "'a' not in ['b'] | 1",
                "1 in {1: 2} | 1",
                "1.0 in {1: 2} | 1",
                "None is None | 1",
                "1 is not None | 1",
                "x is None | 1",
                "x == None | 1",
                "not '' and not [] and not 0 and not 0.0 and not {} and not None | 1",
                "'' or 'b' | 'b'",
                "'a' and 'b' | 'b'",
                "0 or 0.0 | 0.0",
                "not not 5 | 1",
                "1 if '' else 2 | 2",
                "true and not false | 1",
                "none is None | 1",
                "'ab' 'cd' | 'abcd'",
                "'a' + \"b\" | 'ab'",
                "'ab' * 2 | 'abab'",
                "2 * [1] | [1,1]",
                "[1] + [2, 3] | [1,2,3]",
                "'abc'[0] | 'a'",
                "'abc'[-1] | 'c'",
                "'abcde'[1:3] | 'bc'",
                "'abcde'[::-1] | 'edcba'",
                "'abcde'[-2:] | 'de'",
                "'abcde'[:100] | 'abcde'",
                "[1, 2, 3, 4][::2] | [1,3]",
                "[1, 2, 3][5:] | []",
                "[1, 2, 3][2:0:-1] | [3,2]",
                "{'a': {'b': [7]}}['a']['b'][0] | 7",
                "{'a': 1}.get('b', 2) | 2",
                "' x '.strip() | 'x'",
                "'xxaxx'.strip('x') | 'a'",
                "'xxaxx'.lstrip('x') | 'axx'",
                "'xxaxx'.rstrip('x') | 'xxa'",
                "'a,b,,c'.split(',') | ['a','b','','c']",
                "'a,b,c'.split(',', 1) | ['a','b,c']",
                "'a,b,c'.rsplit(',', 1) | ['a,b','c']",
                "',a'.rsplit(',', 5) | ['','a']",
                "' a  b '.split() | ['a','b']",
                "''.split(',') | ['']",
                "'-'.join(['a', 'b']) | 'a-b'",
                "'abab'.replace('a', 'x') | 'xbxb'",
                "'abab'.replace('a', 'x', 1) | 'xbab'",
                "'aB'.upper() + 'aB'.lower() | 'ABab'",
                "'hello world'.title() | 'Hello World'",
                "'hello'.capitalize() | 'Hello'",
                "'abc'.startswith('ab') | 1",
                "'abc'.startswith(('x', 'a')) | 1",
                "'abc'.endswith('bc') | 1",
                "'abc'.find('z') | -1",
                "'banana'.count('an') | 2",
                "'banana'.rfind('an') | 3",
                "'12'.isdigit() | 1",
                "''.isdigit() | 0",
                "'7'.zfill(3) | '007'",
                "'-7'.zfill(3) | '-07'",
                "'abc'.removeprefix('a') | 'bc'",
                "len('abc') + len([1]) + len({'a': 1}) | 5",
                "list(range(3)) | [0,1,2]",
                "list(range(5, 0, -2)) | [5,3,1]",
                "int('5') + int(5.9) + int(True) | 11",
                "int(-5.9) | -5",
                "float('1.5') | 1.5",
                "bool('') | 0",
                "min(3, 1, 2) | 1",
                "max([3, 1, 2]) | 3",
                "sum([1, 2.5]) | 3.5",
                "abs(-3) | 3",
                "round(2.5) | 2",
                "round(3.5) | 4",
                "round(2.675, 2) | 2.67",
                "sorted([3, 1, 2]) | [1,2,3]",
                "sorted(['b', 'a'], reverse=True) | ['b','a']",
                "list(reversed([1, 2])) | [2,1]",
                "list({'a': 1, 'b': 2}.keys()) | ['a','b']",
                "list({'a': 1, 'b': 2}.values()) | [1,2]",
                "dict([('a', 1)]).get('a') | 1",
                "any([0, 1]) | 1",
                "all([0, 1]) | 0",
                "[1, 2, 3].index(2) | 1",
                "[1, 2, 1].count(1) | 2",
                "'a\\tb\\x41\\u00e9' | 'a\\tbAé'",
                "'it\\'s' | 'it\\'s'",
                "'''a\"b''' | 'a\"b'",
                "1, 2 | (1,2)",
                "(1,) | (1,)",
                "[1, [2, None]] | [1,[2,NULL]]",
                "True | 1",
                "False | 0",
                "x or 'd' | 'd'",
                "len(x) | 0",
                "x > 5 | 0",
                "x + 1 | 1"
            })
    void expressions(String expression, String expected) {
        if (expected == null) {
            assertThat(failure("{{" + expression + "}}").kind()).isEqualTo(TemplateException.Kind.SYNTAX);
        } else {
            assertThat(render("{{" + expression + "}}")).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @DisplayName("what is an error in Python is an error of the value")
    @ValueSource(
            strings = {
                "1 / 0",
                "1 // 0",
                "1 % 0",
                "1.0 % 0",
                "'a' + 1",
                "1 + None",
                "'a' < 1",
                "[] < 1",
                "[1][1]",
                "'a'[5]",
                "{}['a']",
                "1[0]",
                "None[0]",
                "len(1)",
                "int('a')",
                "int('1.5')",
                "float('a')",
                "1 in 1",
                "1 in 'a'",
                "-'a'",
                "'a'.join([1])",
                "[1].upper()",
                "'a'.get('b')",
                "(1.5).upper()",
                "range(1, 2, 0)",
                "min([])",
                "'a'[::0]",
                "'a'['b']",
                "[1]['a']",
                "sum(['a'])",
                "dict([1])",
                "{[1]: 2}",
                "None",
                "{'a': 1}",
                "1e308 * 10",
                "'a'.split('')",
                "round(1.5, 1000)"
            })
    void errors(String expression) {
        assertThat(failure("{{" + expression + "}}").kind()).isEqualTo(TemplateException.Kind.INVALID_VALUE);
    }

    @Test
    @DisplayName("for unpacks, loops over keys and characters, and leaves its variable set")
    void loops() {
        assertThat(render("{% for k, v in {'a': 1, 'b': 2}.items() %}{{k}}{{v}} {% end %}"))
                .isEqualTo("'a'1 'b'2 ");
        assertThat(render("{% for k in {'a': 1} %}{{k}}{% end %}{% for c in 'xy' %}{{c}} {% end %}{{c}}"))
                .isEqualTo("'a' 'x' 'y' 'y'");
        assertThat(render("{% for i, x in enumerate(['a'], 5) %}{{i}}{{x}}{% end %}"))
                .isEqualTo("5 'a'");
        assertThat(render("{% for a, b in zip([1, 2], ['x', 'y', 'z']) %}{{a}},{{b}};{% end %}"))
                .isEqualTo("1,'x';2,'y';");
        assertThat(render("{% for x in p %}{{x}}{% end %}none")).isEqualTo("none");
        assertThat(failure("{% for a, b in [1] %}{% end %}").kind()).isEqualTo(TemplateException.Kind.INVALID_VALUE);
        assertThat(failure("{% for a, b in [[1, 2, 3]] %}{% end %}").getMessage())
                .contains("cannot unpack 3 value(s) into 2 names");
    }

    @Test
    @DisplayName("and, or and the conditional evaluate what they need only")
    void shortCircuit() {
        assertThat(render("{{ 1 or 1 / 0 }}{{ 0 and 1 / 0 }}, {{ 1 if 1 else 1 / 0 }}"))
                .isEqualTo("10, 1");
    }
}
