// Reads { schema, requests } from stdin; writes what graphql-js answers to each: { refused } or { data, errors: [paths] }.
// What a field gives follows the rules of Fate.cs.
import {
  buildSchema, parse, validate, execute, getNullableType, isNonNullType, isListType, isEnumType, isInputObjectType, isAbstractType, isScalarType, isObjectType, GraphQLError, Kind,
} from 'graphql';
import { text } from 'node:stream/consumers';

const { schema: sdl, requests } = JSON.parse(await text(process.stdin));
const schema = buildSchema(sdl);

const scalars = {
  LocalDate: (value) => (typeof value === 'string' && isDate(value) ? value : undefined),
  UUID: (value) => (typeof value === 'string' ? uuid(value) : undefined),
};
for (const [name, coerce] of Object.entries(scalars)) {
  const type = schema.getType(name);
  type.coerceInputValue = (value) => {
    const coerced = coerce(value);
    if (coerced === undefined) throw new GraphQLError(`no ${name}`);
    return coerced;
  };
  type.coerceInputLiteral = (node) => (node.kind === Kind.STRING ? coerce(node.value) : undefined);
}

function isDate(value) {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  return match !== null && Number(match[1]) > 0 && new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value;
}

function uuid(value) {
  const hex = value.toLowerCase();
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(hex)) return hex;
  return /^[0-9a-f]{32}$/.test(hex) ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : undefined;
}

function hash(seed, string) {
  let h = 2166136261;
  for (const byte of new TextEncoder().encode(`${seed}/${string}`)) h = Math.imul(h ^ byte, 16777619);
  h >>>= 0;
  return (h ^ (h >>> 15)) >>> 0;
}

function canonical(value, type) {
  if (value === null || value === undefined) return 'n';
  const bare = getNullableType(type);
  if (isListType(bare)) return `[${value.map((item) => canonical(item, bare.ofType)).join(',')}]`;
  if (isInputObjectType(bare)) {
    return `{${Object.values(bare.getFields()).map((f) => `${f.name}=${canonical(value[f.name], f.type)}`).join(',')}}`;
  }
  if (isEnumType(bare)) return `e${value}`;
  switch (bare.name) {
    case 'Boolean': return value ? 't' : 'f';
    case 'Int': return `i${Number(value)}`;
    case 'Float': {
      const view = new DataView(new ArrayBuffer(8));
      view.setFloat64(0, Number(value));
      return `d${view.getBigUint64(0).toString(16).padStart(16, '0')}`;
    }
    default: return `s${value.length}:${value}`;
  }
}

const leaves = {
  Int: (n) => (n % 1000) - 500,
  Float: (n) => (n % 1000) / 8 - 3,
  Boolean: (n) => (n & 1) === 1,
  String: (_, h) => `s"é😀\n${h}`,
  ID: (_, h) => `s"é😀\n${h}`,
  LocalDate: (n) => new Date(Date.UTC(2020, 0, 1 + (n % 1000))).toJSON().slice(0, 10),
  UUID: (_, h) => {
    const hex = h.toString(16).padStart(8, '0');
    return `${hex}-0000-4000-8000-0000${hex}`;
  },
};

// C# has no null where Int!, Float!, Boolean!, UUID!, LocalDate! or an enum is declared.
const isValueType = (type) => isEnumType(type) || (isScalarType(type) && type.name !== 'String' && type.name !== 'ID');

function fate(type, h, isItem) {
  const bare = getNullableType(type);
  const canBeNull = !isNonNullType(type) || !isValueType(bare);
  if (h % 13 === 1 && canBeNull) return null;
  if (h % 13 <= 1 && !isItem) throw new Error('So it was to be.');
  const n = h >>> 4;
  if (isListType(bare)) return Array.from({ length: n % 4 }, (_, i) => fate(bare.ofType, hash(h, `[${i}]`), true));
  if (isEnumType(bare)) return bare.getValues()[n % 3].name;
  if (isScalarType(bare)) return leaves[bare.name](n, h);
  const possible = isObjectType(bare) ? [bare] : [...schema.getPossibleTypes(bare)].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { seed: h, type: possible[n % possible.length].name };
}

const later = () => new Promise((resolve) => setImmediate(resolve));

function mutate(name, args, tally) {
  const seedOf = (value) => hash(0, value);
  switch (name) {
    case 'grow': return (async () => {
      const before = tally.sum;
      await later();
      return (tally.sum = (before * 3 + args.by) | 0);
    })();
    case 'shrink': return (tally.sum = (tally.sum * 5 - args.by) | 0);
    case 'plant': return (async () => {
      await later();
      tally.sum = (tally.sum * 7 + args.by) | 0;
      return fate(schema.getType('Plant'), seedOf(`plant(i${tally.sum})`), false);
    })();
    default: return fate(schema.getMutationType().getFields()[name].type, seedOf(`${name}(i${(tally.sum = (tally.sum + 1) | 0)})`), false);
  }
}

function resolve(source, args, tally, info) {
  if (info.parentType === schema.getMutationType()) return mutate(info.fieldName, args, tally);
  const seed = source?.seed ?? 0;
  if (info.fieldName === 'manager') {
    const h = hash(seed, 'manager');
    return later().then(() => (h % 13 > 1 ? { seed: h, type: 'Person' } : null));
  }
  const declared = info.parentType.getFields()[info.fieldName].args;
  const h = hash(seed, `${info.fieldName}(${declared.map((a) => canonical(args[a.name], a.type)).join(',')})`);
  return h & 0x10000 ? later().then(() => fate(info.returnType, h, false)) : fate(info.returnType, h, false);
}

async function answer({ query, variables, operationName }) {
  let document;
  try {
    document = parse(query);
  } catch (error) {
    return { refused: `syntax: ${error.message}` };
  }
  const wrong = validate(schema, document, undefined, { hideSuggestions: true });
  if (wrong.length > 0) return { refused: `validation: ${wrong[0].message}` };
  const result = await execute({
    schema, document, operationName, variableValues: variables ?? undefined, contextValue: { sum: 0 }, fieldResolver: resolve, typeResolver: (value) => value.type,
  });
  if (!('data' in result)) return { refused: `request: ${result.errors[0].message}` };
  return { data: result.data, errors: (result.errors ?? []).map((error) => error.path) };
}

const answers = [];
for (const request of requests) answers.push(await answer(request));
process.stdout.write(JSON.stringify(answers));
