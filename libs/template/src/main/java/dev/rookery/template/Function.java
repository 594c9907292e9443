package dev.rookery.template;

import java.util.List;
import java.util.Optional;

/** A function of the template language. */
@FunctionalInterface
interface Function {
    Value call(List<Optional<Value>> arguments, Frame frame);
}
