package dev.rookery.catalog.secrets;

import dev.rookery.catalog.keys.Sealed;
import dev.rookery.catalog.keys.Sealer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A workspace's secrets as of one moment. They stay sealed in memory, and each is opened when it is asked for: a dump of
 * the process shows none that nobody used. Immutable, thread safe.
 */
public final class WorkspaceSecrets {
    private final Map<String, Sealed> sealed;
    private final Sealer sealer;
    private final UnaryOperator<String> place;

    /** @param place where a secret of a name is stored, as it was sealed for */
    WorkspaceSecrets(Map<String, Sealed> sealed, Sealer sealer, UnaryOperator<String> place) {
        this.sealed = Map.copyOf(sealed);
        this.sealer = sealer;
        this.place = place;
    }

    /**
     * The value of a secret; empty when there is none of that name.
     *
     * @throws dev.rookery.catalog.keys.UnknownKeyException when its master key is not configured
     */
    public Optional<String> value(String name) {
        @Nullable Sealed found = sealed.get(name);
        return found == null ? Optional.empty() : Optional.of(sealer.open(found, place.apply(name)));
    }

    /** The names of all secrets. */
    public Set<String> names() {
        return sealed.keySet();
    }

    @Override
    public String toString() {
        return sealed.size() + " secrets";
    }
}
