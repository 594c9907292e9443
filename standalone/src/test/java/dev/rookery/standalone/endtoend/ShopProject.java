package dev.rookery.standalone.endtoend;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A project with something of everything: a data source, a materialized view, endpoints with parameters, tokens. */
final class ShopProject {
    private static final String ORDERS = """
            TOKEN shop_writer APPEND

            SCHEMA >
                `at` DateTime `json:$.at`,
                `id` UInt64 `json:$.id`,
                `product` LowCardinality(String) `json:$.product`,
                `amount` Float64 `json:$.amount`

            ENGINE "MergeTree"
            ENGINE_SORTING_KEY "product, id"
            """;

    private static final String SALES = """
            SCHEMA >
                `product` LowCardinality(String),
                `orders` SimpleAggregateFunction(sum, UInt64),
                `amount` SimpleAggregateFunction(sum, Float64)

            ENGINE "AggregatingMergeTree"
            ENGINE_SORTING_KEY "product"
            """;

    private static final String SALES_MV = """
            NODE per_product
            SQL >
                SELECT product, count() AS orders, sum(amount) AS amount FROM orders GROUP BY product

            TYPE materialized
            DATASOURCE sales
            """;

    private static final String TOP_PRODUCTS = """
            TOKEN shop_reader READ

            NODE summed
            SQL >
                SELECT product, sum(orders) AS orders, sum(amount) AS amount FROM sales GROUP BY product

            NODE endpoint
            SQL >
                %
                SELECT product, orders, amount FROM summed
                WHERE orders >= {{ UInt64(at_least, 1) }}
                {% if defined(products) %} AND product IN {{ Array(products, 'String') }} {% end %}
                ORDER BY orders DESC, product
                LIMIT {{ Int32(limit, 10) }}

            TYPE endpoint
            """;

    private static final String ONE_ORDER = """
            NODE endpoint
            SQL >
                %
                SELECT id, product, amount FROM orders WHERE id = {{ UInt64(id, required=True) }}

            TYPE endpoint
            """;

    /** The files by path. */
    static final Map<String, String> FILES = Map.of(
            "datasources/orders.datasource", ORDERS,
            "datasources/sales.datasource", SALES,
            "materializations/sales_mv.pipe", SALES_MV,
            "endpoints/top_products.pipe", TOP_PRODUCTS,
            "endpoints/one_order.pipe", ONE_ORDER);

    private ShopProject() {}

    /** The shop with one column and two endpoints more. */
    static Map<String, String> withNotes() {
        Map<String, String> files = new LinkedHashMap<>(FILES);
        files.put(
                "datasources/orders.datasource",
                ORDERS.replace("`json:$.amount`", "`json:$.amount`,\n    `note` String `json:$.note` DEFAULT 'none'"));
        files.put("endpoints/notes.pipe", """
                NODE endpoint
                SQL >
                    SELECT id, note FROM orders ORDER BY id

                TYPE endpoint
                """);
        files.put("endpoints/order_count.pipe", """
                NODE endpoint
                SQL >
                    SELECT count() AS orders FROM orders

                TYPE endpoint
                """);
        return files;
    }

    /** The shop with another type, another sorting key and another partition key of its orders. */
    static Map<String, String> withPlainProducts() {
        Map<String, String> files = new LinkedHashMap<>(FILES);
        files.put(
                "datasources/orders.datasource",
                ORDERS.replace("`product` LowCardinality(String)", "`product` String")
                                .replace("\"product, id\"", "\"id\"\nENGINE_PARTITION_KEY \"id % 3\"")
                        + "\nFORWARD_QUERY >\n    SELECT at, id, toString(product) AS product, amount\n");
        return files;
    }

    /** Orders as NDJSON: ids from..to-1, products p0 to p3 in turn, the id as the amount. */
    static String orders(long from, long to) {
        return LongStream.range(from, to).mapToObj(ShopProject::order).collect(Collectors.joining("\n"));
    }

    static String order(long id) {
        return "{\"at\":\"2026-01-01 10:00:00\",\"id\":%d,\"product\":\"p%d\",\"amount\":%d}".formatted(id, id % 4, id);
    }
}
