// What the scripted sessions of Apollo Client and urql have in common: the documents, the sign-in of Development, and what is checked.
import assert from 'node:assert/strict';

export const documents = {
  page: 'query Page($first: Int!, $after: String) { incidents(first: $first, after: $after) { nodes { id reference } pageInfo { hasNextPage endCursor } } }',
  report: 'mutation Report($input: ReportIncidentInput!) { reportIncident(input: $input) { receipt { incidentId reference } errors { code message path } } }',
  changed: 'subscription Changed { incidentChanged { id reference status } }',
  unknown: 'query Unknown { noSuchField }',
};

/** Signs in as a persona, as ./dev run's welcome shows it. */
export async function signIn(base, persona) {
  const response = await fetch(new URL('/dev/token', base), {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ persona }),
  });
  assert.equal(response.status, 200, await response.clone().text());
  return (await response.json()).accessToken;
}

/**
 * @param base where the product is; its clock says when things happened
 * @param teacher, dsl { query(document, variables), mutate(document, variables), subscribe(document, next) } answer { data, errors: [codes or messages] };
 * subscribe answers once the subscription is in place.
 */
export async function run(base, teacher, dsl) {
  const now = Date.parse((await (await fetch(new URL('/dev/clock', base))).json()).now);
  const changes = [];
  let told;
  const change = new Promise((resolve) => (told = resolve));
  await dsl.subscribe(documents.changed, (data) => {
    changes.push(data.incidentChanged);
    told();
  });

  // The same command twice is one incident.
  const input = { danger: 'NO', what: 'A picture went round.', happenedAt: new Date(now - 60_000).toISOString(), onSite: true, commandId: crypto.randomUUID() };
  const once = await teacher.mutate(documents.report, { input });
  const twice = await teacher.mutate(documents.report, { input });
  assert.deepEqual(once.data.reportIncident.errors, []);
  assert.equal(twice.data.reportIncident.receipt.incidentId, once.data.reportIncident.receipt.incidentId);
  await change;
  assert.equal(changes[0].id, once.data.reportIncident.receipt.incidentId);

  // A refusal is data, with the field and the way out.
  const refused = await teacher.mutate(documents.report, { input: { ...input, commandId: crypto.randomUUID(), happenedAt: new Date(now + 3_600_000).toISOString() } });
  assert.equal(refused.data.reportIncident.receipt, null);
  assert.deepEqual(refused.data.reportIncident.errors[0].path, ['input', 'happenedAt']);

  for (let i = 0; i < 2; i++) {
    await teacher.mutate(documents.report, { input: { ...input, commandId: crypto.randomUUID() } });
  }

  const seen = [];
  let after = null;
  do {
    const { data } = await dsl.query(documents.page, { first: 1, after });
    seen.push(...data.incidents.nodes.map((node) => node.reference));
    after = data.incidents.pageInfo.hasNextPage ? data.incidents.pageInfo.endCursor : null;
  } while (after);
  assert.equal(new Set(seen).size, 3);
  assert.equal(seen.length, 3);

  // What the caller may not see is not there; what is wrong is an error.
  assert.deepEqual((await teacher.query(documents.page, { first: 5 })).data.incidents.nodes, []);
  assert.match((await teacher.query(documents.unknown)).errors[0], /noSuchField/);
  return { incidents: seen.length, changes: changes.length };
}
