package dev.rookery.engines;

import dev.rookery.engines.process.FreePorts;
import java.util.EnumMap;
import java.util.Map;

/** Ports that do not meet those of a stack that a developer runs on this machine. */
final class TestPorts {
    private TestPorts() {}

    static Map<EnginePort, Integer> any() {
        var ports = new EnumMap<EnginePort, Integer>(EnginePort.class);
        for (EnginePort port : EnginePort.values()) {
            ports.put(port, FreePorts.choose(0));
        }
        return ports;
    }
}
