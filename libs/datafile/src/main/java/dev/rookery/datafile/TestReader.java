package dev.rookery.datafile;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;

/** Reads {@code tests/*.yaml} (DFC-7) from YAML's events, so that neither anchors nor depth can make work. */
final class TestReader {

    private static final String SHAPE = "expected a list of tests, each with name, description, parameters,"
            + " expected_result and expected_http_status";

    private final Iterator<Event> events;
    private final Problems problems;
    private Position at = new Position(1, 1);

    private TestReader(SourceText source, Problems problems) {
        this.events = new Yaml().parse(new StringReader(source.text())).iterator();
        this.problems = problems;
    }

    static TestFile read(String name, SourceText source, Problems problems) {
        var cases = new ArrayList<TestFile.Case>();
        try {
            new TestReader(source, problems).file(cases);
        } catch (MarkedYAMLException e) {
            problems.error(position(e.getProblemMark()), "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.error(new Position(1, 1), "not YAML: " + Quoted.shortened(String.valueOf(e.getMessage())));
        }
        var names = new HashSet<String>();
        for (var test : cases) {
            if (!names.add(test.name())) {
                problems.error(test.at(), "test " + Quoted.shortened(test.name()) + " is defined twice");
            }
        }
        return new TestFile(name, cases);
    }

    private void file(List<TestFile.Case> cases) {
        next();
        if (!next().is(Event.ID.DocumentStart)) {
            return;
        }
        var first = next();
        if (first instanceof ScalarEvent scalar && isNull(scalar)) {
            return;
        }
        if (!first.is(Event.ID.SequenceStart)) {
            problems.error(at, SHAPE);
            return;
        }
        for (var event = next(); !event.is(Event.ID.SequenceEnd); event = next()) {
            if (!event.is(Event.ID.MappingStart) || !test(cases)) {
                problems.error(at, SHAPE);
                return;
            }
        }
        next();
        if (!next().is(Event.ID.StreamEnd)) {
            problems.error(at, "expected one YAML document");
        }
    }

    /** Reads one mapping; false when it does not map words to words. */
    private boolean test(List<TestFile.Case> cases) {
        var start = at;
        var fields = new TestFields(problems);
        for (var key = next(); !key.is(Event.ID.MappingEnd); key = next()) {
            var keyAt = at;
            if (!(key instanceof ScalarEvent name) || !(next() instanceof ScalarEvent value)) {
                return false;
            }
            fields.put(name.getValue(), isNull(value) ? null : value.getValue(), keyAt);
        }
        cases.add(fields.test(start));
        return true;
    }

    private Event next() {
        var event = events.next();
        at = position(event.getStartMark());
        return event;
    }

    private static boolean isNull(ScalarEvent scalar) {
        return scalar.isPlain()
                && (scalar.getValue().isEmpty() || scalar.getValue().matches("~|null|Null|NULL"));
    }

    private static Position position(@Nullable Mark mark) {
        return mark == null ? new Position(1, 1) : new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
