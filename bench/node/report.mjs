// For orientation only: one plain prepared insert per mutation, no domain, no checks.
//   DATABASE=postgres://… node report.mjs      prints {"port":N} when it listens
import Fastify from "fastify";
import mercurius from "mercurius";
import pg from "pg";

const pool = new pg.Pool({ connectionString: process.env.DATABASE, max: 32 });
await pool.query("CREATE TABLE IF NOT EXISTS note (id uuid PRIMARY KEY, at timestamptz NOT NULL, body jsonb NOT NULL)");

const app = Fastify();
app.register(mercurius, {
  jit: 1,
  schema: `
    input ReportInput { commandId: ID!, what: String!, happenedAt: String!, onSite: Boolean!, place: String }
    type Receipt { incidentId: ID! status: String! }
    type ReportPayload { receipt: Receipt errors: [String!]! }
    type Query { ready: Boolean! }
    type Mutation { reportIncident(input: ReportInput!): ReportPayload! }`,
  resolvers: {
    Query: { ready: () => true },
    Mutation: {
      reportIncident: async (_, { input }) => {
        await pool.query({ name: "insert", text: "INSERT INTO note VALUES ($1, now(), $2)", values: [input.commandId, JSON.stringify(input)] });
        return { receipt: { incidentId: input.commandId, status: "REPORTED" }, errors: [] };
      },
    },
  },
});
await app.listen({ port: 0, host: "127.0.0.1" });
console.log(JSON.stringify({ port: app.server.address().port }));
process.stdin.on("end", () => process.exit(0)).resume();
