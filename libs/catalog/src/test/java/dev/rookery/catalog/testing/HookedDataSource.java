package dev.rookery.catalog.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database where a test acts between a query and what is done with its answer. */
public final class HookedDataSource extends DelegatingDataSource {
    private volatile Runnable afterFirst = HookedDataSource::nothing;
    private volatile Runnable beforeEach = HookedDataSource::nothing;

    public HookedDataSource(DataSource target) {
        super(target);
    }

    /** Runs when a connection is asked for. */
    public void beforeEachConnection(Runnable action) {
        beforeEach = action;
    }

    /** Runs once, when the next connection is given back: its answers have been read. */
    public void afterFirstQuery(Runnable action) {
        afterFirst = action;
    }

    private static void nothing() {}

    private synchronized Runnable takeAction() {
        Runnable action = afterFirst;
        afterFirst = HookedDataSource::nothing;
        return action;
    }

    @Override
    public Connection getConnection() throws SQLException {
        beforeEach.run();
        Connection real = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    try {
                        Object result = method.invoke(real, arguments);
                        if (method.getName().equals("close")) {
                            takeAction().run();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }
}
