// Reads { before, after } from stdin, two schemas as SDL; writes what graphql-js calls breaking or dangerous, one sentence each.
import { buildSchema, findBreakingChanges, findDangerousChanges } from 'graphql';
import { text } from 'node:stream/consumers';

const { before, after } = JSON.parse(await text(process.stdin));
const schemas = [buildSchema(before), buildSchema(after)];
const say = (changes) => changes.map((change) => change.description);
process.stdout.write(JSON.stringify({ breaking: say(findBreakingChanges(...schemas)), dangerous: say(findDangerousChanges(...schemas)) }));
