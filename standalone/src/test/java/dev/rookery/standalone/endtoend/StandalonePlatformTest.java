package dev.rookery.standalone.endtoend;

import dev.rookery.standalone.StandalonePlatform;
import org.junit.jupiter.api.DisplayName;

@DisplayName("All services in one JVM")
class StandalonePlatformTest implements PlatformSuite {
    @Override
    public Platform platform() {
        return StandalonePlatform.shared();
    }
}
