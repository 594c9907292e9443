package dev.rookery.template;

import java.util.List;

/** One template for every tag, function, method and operator, for the fuzzer to start from. */
final class TemplateSeeds {

    static final List<String> TEMPLATES = List.of(
            "{% if defined(a) and a != 'x' or not b %}{{String(a, 'd', description='e', required=False)}}{% elif c %}1{% else %}2{% end %}",
            "{% for i, x in enumerate(split_to_array(a, 'x,y')) %}{{i}} {{column(x)}}{% end %}",
            "{% for last, x in enumerate_with_last(a.split(',')) %}{{symbol(x)}}{% if not last %},{% end %}{% end %}",
            "{% set x = [1, 2.5, 'a', None, True, {'k': (1, 2)}] %}{{x[0]}}{{x[1:3]}}{{x[-1]['k']}}{{x[::2]}}",
            "{% set x = {'a': 1, 'b': [2]} %}{% for k, v in x.items() %}{{k}}{{v}}{% end %}{{x.get('z', 3)}}{{list(x.keys())}}{{list(x.values())}}",
            "{# comment #}{% comment a comment %}{{ a.upper().lower().strip('x').replace('a', 'b').startswith('b') }}",
            "{{ ','.join(['a', 'b']) }}{{ a.endswith('b') }}{{ a.find('c') }}{{ a.count('d') }}{{ a.zfill(5) }}{{ a.capitalize() }}{{ a.isdigit() }}",
            "{{ Int8(a) }}{{ Int64(b) }}{{ Int256(c) }}{{ UInt8(d) }}{{ Float32(e) }}{{ Boolean(f) }}{{ Date(g) }}{{ DateTime(h) }}{{ DateTime64(i) }}",
            "{{ Array(a, 'String', 'x,y', description='d', required=True) }}{{ Array(b, 'Int32') }}{{ Array(c, 'Float64') }}{{ JSON(d, '[1]') }}",
            "{{ columns(a, 'x,y', 't') }}{{ column(b, 'c') }}{{ symbol(d, '\"') }}{{ sql_and(a__in=Array(a, 'String'), b__gte=Int32(b), c__not_in=c) }}",
            "{{ date_diff_in_seconds(a, b) }}{{ date_diff_in_minutes(a, b) }}{{ date_diff_in_hours(a, b) }}{{ date_diff_in_days(a, b, date_format='%Y-%m-%d') }}",
            "{{ day_diff(a, b) }}{{ error('no') }}{{ custom_error({'error': a}, 403) }}{{ tb_secret('s') }}{{ tb_var('v') }}",
            "{{ max(1, 2) }}{{ min([a, b]) }}{{ sum([1, 2]) }}{{ len(a) }}{{ sorted([3, 1], reverse=True) }}{{ list(range(1, 9, 2)) }}{{ abs(-1) }}{{ round(1.5) }}",
            "{{ 1 + 2 * 3 - 4 / 5 // 6 % 7 ** 2 }}{{ -1 }}{{ not a }}{{ 1 < 2 <= 3 != 4 }}{{ a in [b] }}{{ a not in 'abc' }}{{ a is None }}{{ a is not None }}",
            "{{ 1 if a else 2 }}{{ 'a' 'b' }}{{ \"c\\n\\x41\\u00e9\" }}{{ 0x1f }}{{ 1e5 }}{{ (1,) }}{{ () }}{{ [] }}{{ {} }}{{ str(a) + 'x' * 3 }}",
            "SELECT '{{a}}', `{{b}}`, \"{{c}}\" -- {{d}}\n, /* {{e}} */ $x${{f}}$x$, ‘{{g}}’, x'{{h}}' FROM t WHERE {{i}}",
            "{% if Boolean(a, False) %}'{% end %}{{String(b)}}{% if a %}'{% end %}",
            "{% set s = 'a' * 1000 %}{% for i in range(100) %}{% set s = s + s %}{% end %}{{s}}",
            "{% set x = [] %}{% for i in range(50) %}{% set x = [x, x] %}{% end %}{{x}}",
            "{{ a.split(',')[0].replace(\"'\", '\\\\') }}{{ a.format(b) }}{{ int(a) }}{{ float(b) }}{{ bool(c) }}{{ dict(a=1) }}",
            "{% for (a, (b, c)) in [(1, (2, 3))] %}{{a}}{{b}}{{c}}{% end %}{% set x, y = 1, 2 %}{{x}}{{y}}");

    private TemplateSeeds() {}
}
