// Reads { before, after } from stdin, two schemas as SDL; writes what graphql-js calls breaking or dangerous, one sentence each.
import { buildSchema, findBreakingChanges, findDangerousChanges, isInputObjectType } from 'graphql';
import { text } from 'node:stream/consumers';

const { before, after } = JSON.parse(await text(process.stdin));
const schemas = [buildSchema(before), buildSchema(after)];
const say = (changes) => changes.map((change) => change.description);
// graphql-js does not look at it: what was sent with two of its fields, or with none, is refused.
const oneOf = Object.values(schemas[1].getTypeMap())
  .filter((type) => isInputObjectType(type) && type.isOneOf && schemas[0].getType(type.name)?.isOneOf === false)
  .map((type) => `${type.name} became @oneOf.`);
process.stdout.write(JSON.stringify({ breaking: [...say(findBreakingChanges(...schemas)), ...oneOf], dangerous: say(findDangerousChanges(...schemas)) }));
