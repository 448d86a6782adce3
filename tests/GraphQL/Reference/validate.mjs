// Reads { schema, documents } from stdin; writes what graphql-js says of each document: where its syntax is wrong, or its messages.
import { buildSchema, parse, validate, Kind } from 'graphql';
import { text } from 'node:stream/consumers';

const { schema: sdl, documents } = JSON.parse(await text(process.stdin));
const schema = buildSchema(sdl);
schema.getType('Date').coerceInputLiteral = (node) =>
  node.kind === Kind.STRING && /^\d{4}-(0[1-9]|1[0-2])-\d\d$/.test(node.value) ? node.value : undefined;

const answers = documents.map((source) => {
  let document;
  try {
    document = parse(source);
  } catch (error) {
    return { syntax: error.message, line: error.locations[0].line, column: error.locations[0].column };
  }
  return { errors: validate(schema, document, undefined, { maxErrors: 10_000, hideSuggestions: true }).map((error) => error.message) };
});
process.stdout.write(JSON.stringify(answers));
