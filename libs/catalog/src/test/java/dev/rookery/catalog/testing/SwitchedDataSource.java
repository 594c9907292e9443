package dev.rookery.catalog.testing;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database that can be out of reach. */
public final class SwitchedDataSource extends DelegatingDataSource {
    private volatile boolean failing;

    public SwitchedDataSource(DataSource target) {
        super(target);
    }

    public void fail(boolean whether) {
        failing = whether;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (failing) {
            throw new SQLException("out of reach");
        }
        return super.getConnection();
    }
}
