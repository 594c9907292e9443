package dev.rookery.controlplane.deployments;

import dev.rookery.controlplane.testing.ControlPlane;
import java.time.Duration;

/** The reaper, without the time that it gives to whoever may still read. */
public final class Reaping {
    private Reaping() {}

    public static void now() {
        var reaper = ControlPlane.shared().bean(Reaper.class);
        reaper.forgetEntries(Duration.ZERO);
        reaper.reap(Duration.ZERO);
    }
}
