// Two plain queries: a page of incidents and their pupils, from PostgreSQL. No tenancy, no decryption, no audit.
//   DATABASE=postgres://… node incidents.mjs
import Fastify from "fastify";
import mercurius from "mercurius";
import pg from "pg";
import { announce } from "./data.mjs";

const pool = new pg.Pool({ connectionString: process.env.DATABASE, max: 32 });
const page = "SELECT id, status, reported_at, happened_at, what, pupil FROM incident ORDER BY reported_at DESC, id DESC LIMIT $1";
const named = "SELECT id, name, year_group FROM pupil WHERE id = ANY($1)";

const app = Fastify();
app.register(mercurius, {
  jit: 1,
  schema: `
    type Query { incidents(first: Int!): Incidents! }
    type Incidents { nodes: [Incident!]! }
    type Incident { id: ID! status: String! reportedAt: String! happenedAt: String! what: String! people: [Involved!]! }
    type Involved { pupil: Pupil! }
    type Pupil { id: ID! name: String! yearGroup: String! }`,
  resolvers: {
    Query: { incidents: async (_, { first }) => ({ nodes: (await pool.query({ name: "page", text: page, values: [first] })).rows }) },
    Incident: { reportedAt: i => i.reported_at, happenedAt: i => i.happened_at },
    Pupil: { yearGroup: p => p.year_group },
  },
  loaders: {
    Incident: {
      people: {
        loader: async queries => {
          const { rows } = await pool.query({ name: "named", text: named, values: [[...new Set(queries.map(q => q.obj.pupil))]] });
          const known = new Map(rows.map(r => [r.id, r]));
          return queries.map(q => [{ pupil: known.get(q.obj.pupil) }]);
        },
        opts: { cache: false },
      },
    },
  },
});
await app.listen({ port: 0, host: "127.0.0.1" });
announce(app.server.address().port);
