package dev.rookery.gateway.query;

/** The client closed its connection while the query ran; the query was cancelled and nobody is left to answer (GW-15). */
public final class ClientGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClientGoneException() {
        super("the client closed the connection");
    }
}
