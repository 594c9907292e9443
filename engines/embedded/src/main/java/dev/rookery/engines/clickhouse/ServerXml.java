package dev.rookery.engines.clickhouse;

import java.nio.file.Path;

/** A node's server configuration as text. */
final class ServerXml {
    /** Where a node answers with the text that only it and its parent know. */
    static final String IDENTITY_PATH = "/rookery-node";

    private ServerXml() {}

    static String text(ClickHouseSettings settings, Path logDirectory, String identity) {
        return """
                <clickhouse>
                  <logger>
                    <console>0</console>
                    <log>%s</log>
                    <errorlog>%s</errorlog>
                    <size>50M</size>
                    <count>3</count>
                  </logger>
                  <log-level>warning</log-level>
                  <users_config>users.xml</users_config>
                  <background_pool_size>4</background_pool_size>
                  <background_schedule_pool_size>32</background_schedule_pool_size>
                  <background_streaming_schedule_pool_size>8</background_streaming_schedule_pool_size>
                  <background_message_broker_schedule_pool_size>8</background_message_broker_schedule_pool_size>
                  <max_concurrent_queries>200</max_concurrent_queries>
                  <max_connections>1024</max_connections>
                  <max_server_memory_usage>%d</max_server_memory_usage>
                  %s
                  %s
                  %s
                  <prometheus><endpoint>/metrics</endpoint><metrics>true</metrics><events>true</events></prometheus>
                  <http_handlers>
                    <rule>
                      <url>%s</url>
                      <methods>GET</methods>
                      <handler>
                        <type>static</type>
                        <status>200</status>
                        <content_type>text/plain</content_type>
                        <response_content>%s</response_content>
                      </handler>
                    </rule>
                    <defaults/>
                  </http_handlers>
                </clickhouse>
                """.formatted(
                        escape(logDirectory.resolve("clickhouse-server.log").toString()),
                        escape(logDirectory.resolve("clickhouse-server.err.log").toString()),
                        settings.memoryLimitBytes(),
                        systemLog("query_log"),
                        systemLog("query_views_log"),
                        systemLog("part_log"),
                        IDENTITY_PATH,
                        identity);
    }

    private static String systemLog(String table) {
        return "<%1$s><database>system</database><table>%1$s</table>".formatted(table)
                + "<flush_interval_milliseconds>2000</flush_interval_milliseconds></" + table + ">";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
