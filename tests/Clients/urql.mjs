// A session of urql. Arguments: the gateway's address, and the personas of a class teacher and a DSL.
import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { run, signIn } from './session.mjs';

const [base, teacher, dsl] = process.argv.slice(2);

async function person(persona) {
  const authorization = `Bearer ${await signIn(base, persona)}`;
  const sockets = createClient({ url: new URL('/graphql', base).href.replace(/^http/, 'ws'), webSocketImpl: WebSocket, connectionParams: { authorization } });
  const client = new Client({
    url: new URL('/graphql', base).href,
    fetchOptions: { headers: { authorization } },
    exchanges: [
      fetchExchange,
      subscriptionExchange({ forwardSubscription: ({ query, variables }) => ({ subscribe: (sink) => ({ unsubscribe: sockets.subscribe({ query, variables }, sink) }) }) }),
    ],
  });
  const answer = async (promise) => {
    const { data, error } = await promise;
    if (error?.networkError) throw error.networkError;
    return { data, errors: error?.graphQLErrors.map((e) => e.message) };
  };
  return {
    query: (query, variables) => answer(client.query(query, variables ?? {}).toPromise()),
    mutate: (mutation, variables) => answer(client.mutation(mutation, variables).toPromise()),
    async subscribe(query, next) {
      client.subscription(query, {}).subscribe(({ data }) => next(data));
      for await (const _ of sockets.iterate({ query: '{ __typename }' })) break;
    },
  };
}

console.log(JSON.stringify(await run(base, await person(teacher), await person(dsl))));
process.exit(0);
