package dev.rookery.engines.testing;

import dev.rookery.engines.EngineException;
import dev.rookery.engines.EngineKind;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Finds the provider of each engine, each provider once. */
final class EngineProviders {
    private final EngineProvider embedded;
    private final EngineChoice choice;
    private final Function<String, EngineProvider> load;
    private final Map<String, EngineProvider> loaded = new ConcurrentHashMap<>();

    /** @param load makes the provider of a name; throws {@link EngineException} when there is none */
    EngineProviders(EngineProvider embedded, EngineChoice choice, Function<String, EngineProvider> load) {
        this.embedded = embedded;
        this.choice = choice;
        this.load = load;
    }

    static EngineProviders ofSystemProperties(EngineFactory factory) {
        return new EngineProviders(
                new EmbeddedEngines(factory), EngineChoice.ofSystemProperties(), EngineProviders::fromClassPath);
    }

    EngineProvider of(EngineKind kind) {
        String name = choice.providerOf(kind);
        return name.equals(embedded.name()) ? embedded : loaded.computeIfAbsent(name, load);
    }

    static EngineProvider fromClassPath(String name) {
        for (EngineProvider provider : ServiceLoader.load(EngineProvider.class)) {
            if (provider.name().equals(name)) {
                return provider;
            }
        }
        throw new EngineException("No engines called '" + name
                + "' are on the class path: run with the Maven profile of that name, and see that this module's pom.xml"
                + " adds the provider in it.");
    }
}
