// What an application does with the SDK's client: ingests typed rows, and queries a typed endpoint.
import { defineDatasource, defineEndpoint, engine, node, p, t, Tinybird } from "@tinybirdco/sdk";

const pageViews = defineDatasource("page_views", {
  schema: { timestamp: t.dateTime(), session_id: t.string(), pathname: t.string(), referrer: t.string().nullable() },
  engine: engine.mergeTree({ sortingKey: ["pathname", "timestamp"] }),
});
const topPages = defineEndpoint("top_pages", {
  params: { start_date: p.dateTime(), end_date: p.dateTime(), limit: p.int32().optional(10) },
  nodes: [node({ name: "aggregated", sql: "SELECT 1" })],
  output: { pathname: t.string(), views: t.uint64() },
});
const tinybird = new Tinybird({
  datasources: { pageViews },
  pipes: { topPages },
  token: process.env.TINYBIRD_TOKEN,
  baseUrl: process.env.ROOKERY_TEST_API,
});

const view = (hour, pathname, referrer) => ({
  timestamp: `2026-01-01 ${hour}:00:00`,
  session_id: `s${hour}`,
  pathname,
  referrer,
});
const options = { wait: true };
const ingested = [
  await tinybird.pageViews.ingest(view(10, "/home", null), options),
  await tinybird.pageViews.ingest(view(11, "/home", "https://example.com"), options),
  await tinybird.pageViews.ingest(view(12, "/docs", null), options),
];
const answer = await tinybird.topPages.query({
  start_date: "2026-01-01 00:00:00",
  end_date: "2026-01-02 00:00:00",
});
console.log(JSON.stringify({ ingested, data: answer.data }));
