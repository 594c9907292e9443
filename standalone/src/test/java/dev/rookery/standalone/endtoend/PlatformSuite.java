package dev.rookery.standalone.endtoend;

/** What the platform does for its clients, whichever way it is started: {@code *PlatformTest} run all of it. */
interface PlatformSuite
        extends WorkspaceTests,
                EventTests,
                QueryTests,
                DeploymentTests,
                ResourceTests,
                IsolationTests,
                ErrorTests,
                ClickHouseInterfaceTests {}
