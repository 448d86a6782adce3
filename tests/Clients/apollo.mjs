// A session of Apollo Client. Arguments: the gateway's address, and the personas of a class teacher and a DSL.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client/core';
import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { run, signIn } from './session.mjs';

const [base, teacher, dsl] = process.argv.slice(2);

async function person(persona) {
  const authorization = `Bearer ${await signIn(base, persona)}`;
  const sockets = createClient({ url: new URL('/graphql', base).href.replace(/^http/, 'ws'), webSocketImpl: WebSocket, connectionParams: { authorization } });
  const client = new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === 'subscription',
      new GraphQLWsLink(sockets),
      new HttpLink({ uri: new URL('/graphql', base).href, headers: { authorization } }),
    ),
  });
  const answer = async (promise) => {
    try {
      return await promise;
    } catch (error) {
      if (CombinedGraphQLErrors.is(error)) return { errors: error.errors.map((e) => e.message) };
      if (ServerError.is(error)) return { errors: [error.bodyText] };
      throw error;
    }
  };
  return {
    query: (query, variables) => answer(client.query({ query: gql(query), variables, fetchPolicy: 'network-only' })),
    mutate: (mutation, variables) => answer(client.mutate({ mutation: gql(mutation), variables })),
    async subscribe(query, next) {
      client.subscribe({ query: gql(query) }).subscribe({ next: ({ data }) => next(data) });
      for await (const _ of sockets.iterate({ query: '{ __typename }' })) break;
    },
  };
}

console.log(JSON.stringify(await run(base, await person(teacher), await person(dsl))));
process.exit(0);
