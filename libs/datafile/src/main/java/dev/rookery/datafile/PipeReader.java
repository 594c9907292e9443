package dev.rookery.datafile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a {@code .pipe} file (DFP-1 to DFP-12). */
final class PipeReader {

    private final DatafilePath path;
    private final Problems problems;
    private final Fields head;
    private final List<TokenGrant> tokens = new ArrayList<>();
    private final List<NodeReader> nodes = new ArrayList<>();

    private PipeReader(DatafilePath path, Problems problems) {
        this.path = path;
        this.problems = problems;
        this.head = new Fields(problems);
    }

    static PipeFile read(DatafilePath path, List<RawDirective> directives, Problems problems) {
        var reader = new PipeReader(path, problems);
        directives.forEach(reader::take);
        return reader.pipe();
    }

    private void take(RawDirective directive) {
        switch (directive.name()) {
            case "NODE" -> nodes.add(new NodeReader(directive, problems));
            case "TOKEN" -> token(directive);
            case "TAGS" -> head.add(directive);
            default -> {
                if (!nodes.isEmpty()) {
                    nodes.getLast().take(directive);
                } else if (directive.name().equals("DESCRIPTION")) {
                    head.add(directive);
                } else {
                    problems.error(
                            directive.at(),
                            "expected NODE <name> before " + directive.name() + ", which belongs to a node");
                }
            }
        }
    }

    private void token(RawDirective directive) {
        var token = Names.token(directive, TokenGrant.Permission.READ, problems);
        if (token == null) {
            return;
        }
        if (token.permission() == TokenGrant.Permission.APPEND) {
            problems.error(directive.at(), "a pipe can only be read: write TOKEN \"" + token.token() + "\" READ");
        }
        tokens.add(token);
    }

    private PipeFile pipe() {
        if (nodes.isEmpty() && !problems.hasErrors()) {
            problems.error(new Position(1, 1), "expected NODE <name> and SQL >: a pipe has at least one node");
        }
        var read = new ArrayList<PipeNode>();
        for (var node : nodes) {
            var finished = node.node();
            if (finished != null) {
                read.add(finished);
            }
        }
        checkNames(read);
        checkOutputs(read);
        return new PipeFile(
                path.name(), Texts.description(head), Names.list(head.raw("TAGS"), "tag", problems), tokens, read);
    }

    private void checkNames(List<PipeNode> read) {
        var lines = new HashMap<String, Integer>();
        for (var node : read) {
            var earlier = lines.putIfAbsent(node.name(), node.at().line());
            if (earlier != null) {
                problems.error(
                        node.at(),
                        "node " + Quoted.shortened(node.name()) + " is defined twice; the first stands on line "
                                + earlier);
            }
        }
    }

    private void checkOutputs(List<PipeNode> read) {
        @Nullable PipeNode first = null;
        for (var node : read) {
            var type = node.output().type();
            if (type != PipeType.GENERIC && first == null) {
                first = node;
            } else if (first != null && type != PipeType.GENERIC) {
                checkSecondOutput(first, node);
            }
        }
        if (first == null && !read.isEmpty() && path.isIn("endpoints")) {
            problems.warn(
                    read.getLast().at(),
                    "no node has a TYPE, so this pipe is not published; to publish node "
                            + read.getLast().name() + ", write TYPE ENDPOINT behind its SQL");
        }
    }

    private void checkSecondOutput(PipeNode first, PipeNode second) {
        var materialized = first.output().type() == PipeType.MATERIALIZED;
        if (!materialized || second.output().type() != PipeType.MATERIALIZED) {
            problems.error(
                    second.at(),
                    "node " + first.name() + " is the pipe's " + first.output().type() + " output already; move "
                            + second.name() + " with TYPE " + second.output().type() + " to a pipe of its own");
        }
    }
}
