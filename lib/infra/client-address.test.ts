import { expect, test } from "vitest";
import { clientAddress } from "./client-address.ts";

test.each<[string, string | undefined, string | undefined, number, string]>([
  ["without a proxy the header is nobody's word", "192.0.2.1", "198.51.100.7", 0, "192.0.2.1"],
  ["one proxy tells its client", "10.0.0.1", "198.51.100.7", 1, "198.51.100.7"],
  ["what a client wrote itself does not count", "10.0.0.1", "6.6.6.6, 198.51.100.7", 1, "198.51.100.7"],
  ["two proxies", "10.0.0.1", "6.6.6.6, 198.51.100.7, 10.0.0.2", 2, "198.51.100.7"],
  ["fewer entries than proxies: went around one", "10.0.0.1", "6.6.6.6", 2, "10.0.0.1"],
  ["no header", "10.0.0.1", undefined, 1, "10.0.0.1"],
  ["a socket that is gone", undefined, undefined, 0, "unknown"],
])("%s", (_name, socket, header, proxies, expected) => {
  expect(clientAddress(socket, header, proxies)).toBe(expected);
});
