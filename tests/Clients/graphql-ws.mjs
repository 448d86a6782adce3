// npm graphql-ws as a client. Arguments: the endpoint, and a token where one is needed.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { serve, Inbox } from './commands.mjs';

const [url, token] = process.argv.slice(2);
const members = [];

function member() {
  const inbox = new Inbox();
  const state = { inbox, socket: null, connections: 0, closed: [] };
  class Captured extends WebSocket {
    constructor(...args) {
      super(...args);
      state.socket = this;
    }
  }
  state.client = createClient({
    url: url.replace(/^http/, 'ws'),
    webSocketImpl: Captured,
    connectionParams: () => (token ? { authorization: `Bearer ${token}` } : {}),
    lazy: true,
    retryAttempts: 3,
    retryWait: async () => {},
    on: { connected: () => state.connections++, closed: (event) => state.closed.push(event.code) },
  });
  return state;
}

const first = async (client, query) => {
  for await (const result of client.iterate({ query })) return result;
};

let back = [];
const expect = () => (back = members.map((one) => new Promise((resolve) => one.client.on('connected', resolve))));
async function returned() {
  await Promise.all(back);
  await Promise.all(members.map((one) => first(one.client, '{ __typename }')));
  return { connections: members.map((one) => one.connections), closed: members.map((one) => one.closed) };
}

await serve({
  /** Each on a socket of its own. Answers once all subscriptions are in place: what is asked after them is answered after them. */
  async open({ count, query }) {
    const opened = Array.from({ length: count }, member);
    for (const one of opened) {
      one.client.subscribe({ query }, {
        next: (message) => one.inbox.put(message),
        error: (error) => one.inbox.end(Array.isArray(error) ? { errors: error } : { code: error?.code, message: error?.reason ?? error?.message }),
        complete: () => one.inbox.end({ complete: true }),
      });
    }
    await Promise.all(opened.map((one) => first(one.client, '{ __typename }')));
    members.push(...opened);
    return { open: members.length };
  },

  /** Stops reading from one socket, as a page whose tab sleeps. */
  pause({ member: index }) {
    members[index].socket.pause();
  },

  resume({ member: index }) {
    members[index].socket.resume();
  },

  /** Awaits so many messages of each (but those left out). */
  async received({ each, except = [] }) {
    const counts = await Promise.all(members.filter((_, i) => !except.includes(i)).map((one) => one.inbox.count(each)));
    return { fewest: Math.min(...counts), most: Math.max(...counts), last: members.find((_, i) => !except.includes(i)).inbox.messages.at(-1) };
  },

  /** Awaits the end of one. */
  async ended({ member: index }) {
    const how = await members[index].inbox.finished();
    return { ...how, received: members[index].inbox.messages.length, connections: members[index].connections, closed: members[index].closed };
  },

  /** Cuts every connection from this side; answers once all are back with their subscriptions. */
  async reconnect() {
    expect();
    members.forEach((one) => one.client.terminate());
    return returned();
  },

  /** Before the server cuts the connections … */
  expectReconnect() {
    expect();
  },

  /** … and once all are back. */
  reconnected: () => returned(),
});
process.exit(0);
