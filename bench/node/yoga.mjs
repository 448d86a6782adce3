// GraphQL Yoga, from memory.
import { createServer } from "node:http";
import DataLoader from "dataloader";
import { createSchema, createYoga } from "graphql-yoga";
import { announce, incidents, pupils, schema } from "./data.mjs";

const yoga = createYoga({
  logging: false,
  schema: createSchema({
    typeDefs: schema,
    resolvers: {
      Query: { version: () => "1.0", incidents: (_, { first }) => incidents.slice(0, first) },
      Incident: { pupils: (incident, _, { loader }) => loader.loadMany(incident.pupilNumbers) },
    },
  }),
  context: () => ({ loader: new DataLoader(async numbers => numbers.map(n => pupils[n])) }),
});
const server = createServer(yoga).listen(0, "127.0.0.1", () => announce(server.address().port));
