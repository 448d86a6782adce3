// The data of bench/GraphQL, made by the same rule.
import { readFileSync } from "node:fs";

const natures = ["UNKNOWING", "KNOWING", "BULLYING"];

export const pupils = Array.from({ length: 200 }, (_, i) => ({ id: `pupil-${i}`, name: `Pupil ${i} Example`, yearGroup: 7 + (i % 5) }));
export const incidents = Array.from({ length: 1000 }, (_, i) => ({
  id: `incident-${i}`, title: `A game with open chat, number ${i}`, nature: natures[i % 3], happenedOn: `2026-11-${String(1 + (i % 28)).padStart(2, "0")}`,
  pupilNumbers: [(i * 7) % 200, (i * 13 + 1) % 200],
}));
export const schema = readFileSync(new URL("../GraphQL/schema.graphql", import.meta.url), "utf8");

export function announce(port) {
  console.log(JSON.stringify({ port }));
  process.stdin.on("end", () => process.exit(0)).resume();
}
