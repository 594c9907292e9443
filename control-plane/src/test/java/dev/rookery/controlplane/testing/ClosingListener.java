package dev.rookery.controlplane.testing;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Stops the control-plane before the engines it stands on. */
public final class ClosingListener implements TestExecutionListener {
    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        ControlPlane.closeIfStarted();
    }
}
