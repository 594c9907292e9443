package dev.rookery.gateway.query;

/**
 * How an endpoint would run, with the tenant's names in it.
 *
 * @param debugQuery the one statement that nodes, pipes and parameters make
 * @param queryExplain ClickHouse's plan of it
 */
public record Explanation(String debugQuery, String queryExplain) {}
