package dev.rookery.standalone.endtoend;

import dev.rookery.catalog.tokens.TokenStore;
import java.net.URI;

/** A running platform, however it was started. */
public interface Platform {
    /** Where all paths of the API are, as behind an ingress. */
    URI api();

    /** Where ClickHouse's protocol is spoken. */
    URI clickHouseInterface();

    /** The user token of a person who may create workspaces. */
    String userToken();

    /** The tokens in the catalog: texts of TOKEN lines are read back from here. */
    TokenStore tokens();
}
