package dev.rookery.engines.clickhouse;

import dev.rookery.engines.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A node's users, roles and profiles as text. They are fixed when the process starts: this build of the server has no
 * store for users made by SQL, so the roles of workspaces come from a pool with names known beforehand.
 */
final class UsersXml {
    private UsersXml() {}

    static String text(ClickHouseUsers users, int rolePool) {
        return """
                <clickhouse>
                %s
                  <roles>
                %s
                  </roles>
                  <users>
                    <!-- The server's own session logs in as default and takes the only place: nobody else can. -->
                    <default>
                      <no_password/>
                      <networks><ip>127.0.0.1</ip></networks>
                      <profile>boot</profile>
                      <quota>default</quota>
                      <grants><query>GRANT SYSTEM LISTEN ON *.*</query></grants>
                    </default>
                %s
                %s
                %s
                  </users>
                  <quotas><default/></quotas>
                </clickhouse>
                """.formatted(
                PROFILES,
                roles(rolePool, UsersXml::role),
                user(
                        users.admin(),
                        "default",
                        "<access_management>1</access_management>"
                                + "<named_collection_control>1</named_collection_control>"),
                user(users.writer(), "default", grants("""
                                <query>GRANT SELECT, INSERT ON ws_*.*</query>
                                <query>GRANT SELECT, INSERT ON rookery*.*</query>""")),
                user(
                        users.gateway(),
                        "gateway",
                        // A user without any grant would have nearly all rights.
                        grants("<query>GRANT SELECT ON system.one</query>\n"
                                + roles(rolePool, n -> "<query>GRANT " + ClickHouseConnection.role(n) + "</query>"))));
    }

    private static final String PROFILES = """
              <profiles>
                <default/>
                <boot><max_sessions_for_user>1</max_sessions_for_user></boot>
                <gateway>
                  <readonly>2</readonly>
                  <max_execution_time>60</max_execution_time>
                  <max_memory_usage>4000000000</max_memory_usage>
                  <allow_ddl>0</allow_ddl>
                  <allow_introspection_functions>0</allow_introspection_functions>
                  <cancel_http_readonly_queries_on_client_close>1</cancel_http_readonly_queries_on_client_close>
                  <constraints>
                    <enable_analyzer><const/></enable_analyzer>
                    <dialect><const/></dialect>
                    <allow_ddl><const/></allow_ddl>
                    <allow_introspection_functions><const/></allow_introspection_functions>
                    <cancel_http_readonly_queries_on_client_close><const/></cancel_http_readonly_queries_on_client_close>
                    <max_execution_time><min>0.001</min><max>600</max></max_execution_time>
                    <max_memory_usage><min>1</min><max>16000000000</max></max_memory_usage>
                  </constraints>
                </gateway>
              </profiles>""";

    private static String roles(int pool, java.util.function.IntFunction<String> text) {
        return IntStream.rangeClosed(1, pool).mapToObj(text).collect(Collectors.joining("\n"));
    }

    private static String role(int number) {
        String name = ClickHouseConnection.role(number);
        return "<" + name + ">"
                + grants("<query>GRANT SELECT ON " + ClickHouseConnection.databasePrefix(number) + "*.*</query>") + "</"
                + name + ">";
    }

    private static String grants(String queries) {
        return "<grants>" + queries + "</grants>";
    }

    private static String user(Credentials credentials, String profile, String rights) {
        return """
                    <%1$s>
                      <password_sha256_hex>%2$s</password_sha256_hex>
                      <networks><ip>127.0.0.1</ip></networks>
                      <profile>%3$s</profile>
                      <quota>default</quota>
                      %4$s
                    </%1$s>""".formatted(credentials.user(), sha256(credentials.password()), profile, rights);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
