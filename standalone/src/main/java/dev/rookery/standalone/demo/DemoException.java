package dev.rookery.standalone.demo;

/** Why the demo could not go on; the message is one line, written for the person at the terminal. */
public class DemoException extends RuntimeException {
    DemoException(String message) {
        super(message);
    }

    DemoException(String message, Throwable cause) {
        super(message, cause);
    }
}
