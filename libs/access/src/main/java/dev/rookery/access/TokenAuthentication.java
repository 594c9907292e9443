package dev.rookery.access;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A request whose token was found. The token's text is not kept. */
final class TokenAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient Caller caller;

    TokenAuthentication(Caller caller) {
        super(List.of());
        this.caller = caller;
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }
}
