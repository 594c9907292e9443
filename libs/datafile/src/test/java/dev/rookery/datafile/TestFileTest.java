package dev.rookery.datafile;

import static dev.rookery.datafile.Parsed.errors;
import static dev.rookery.datafile.Parsed.tests;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TestFileTest {

    private static final String PATH = "tests/top.yaml";

    @Test
    @DisplayName("DFC-7, TST-5: cases with rows, without rows, and with a status")
    void cases() {
        assertThat(tests("""
                - name: recent
                  description: 'The years from 2000: all of them'
                  expected_http_status: 200
                  parameters: year_start=2000&year_end=2005
                  expected_result: |
                    {"year":2004,"sets":1}

                    {"year":2005,"sets":1}

                - name: none
                  parameters: ''
                  expected_result: ''
                - name: refused
                  expected_http_status: 400
                """).cases())
                .containsExactly(
                        new TestFile.Case(
                                "recent",
                                "The years from 2000: all of them",
                                "year_start=2000&year_end=2005",
                                "{\"year\":2004,\"sets\":1}\n\n{\"year\":2005,\"sets\":1}",
                                200,
                                Position.NONE),
                        new TestFile.Case("none", null, "", "", 200, Position.NONE),
                        new TestFile.Case("refused", null, "", null, 400, Position.NONE));
    }

    @Test
    @DisplayName("DFC-7: an empty file, or a list of nothing, holds no cases")
    void empty() {
        assertThat(tests("").cases()).isEmpty();
        assertThat(tests("# nothing yet\n").cases()).isEmpty();
        assertThat(tests("[]").cases()).isEmpty();
    }

    @Test
    @DisplayName("DFC-7: errors with their places")
    void mistakes() {
        assertThat(
                        errors(
                                PATH,
                                "- name: a\n  expected_status: 200\n  expected_http_status: ok\n- parameters: x=1\n- name: a\n"))
                .satisfiesExactly(
                        e -> assertThat(e)
                                .isEqualTo(PATH + ":2:3: unknown field \"expected_status\"; expected one of name,"
                                        + " description, parameters, expected_result, expected_http_status"),
                        e -> assertThat(e).startsWith(PATH + ":3:3: expected_http_status is \"ok\""),
                        e -> assertThat(e).startsWith(PATH + ":4:3: expected the name"),
                        e -> assertThat(e).startsWith(PATH + ":5:3: test \"a\" is defined twice"));
        assertThat(errors(PATH, "name: a\n")).singleElement().asString().startsWith(PATH + ":1:1: expected a list");
        assertThat(errors(PATH, "- name: [a]\n")).singleElement().asString().startsWith(PATH + ":1:9: expected a list");
        assertThat(errors(PATH, "- name: 'a\n")).singleElement().asString().contains("not YAML");
        assertThat(errors(PATH, "- &a {name: b}\n- *a\n"))
                .singleElement()
                .asString()
                .contains(":2:3: expected a list");
    }

    @Test
    @DisplayName("no depth of nesting can exhaust the stack")
    void depth() {
        assertThat(errors(PATH, "[".repeat(200_000))).hasSize(1);
    }
}
