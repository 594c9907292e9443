// The SDK's local mode has http://localhost:7181 written into it, and tests may not count on that port being free:
// loaded before the SDK (node --import), this sends what is meant for that address to the platform under test.
const hardCoded = "http://localhost:7181";
const platform = process.env.ROOKERY_TEST_API;
const original = globalThis.fetch;

globalThis.fetch = (target, init) => {
  const url = String(target instanceof Request ? target.url : target);
  if (!url.startsWith(hardCoded)) {
    return original(target, init);
  }
  if (target instanceof Request) {
    throw new Error("the SDK hands fetch a Request now: teach this redirect to copy it");
  }
  return original(platform + url.slice(hardCoded.length), init);
};
