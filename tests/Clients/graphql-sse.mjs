// npm graphql-sse as a client, a connection per subscription. Arguments: the endpoint, and a token where one is needed.
import { createClient } from 'graphql-sse';
import { serve, Inbox } from './commands.mjs';

const [url, token] = process.argv.slice(2);
const members = [];

function member() {
  const state = { inbox: new Inbox(), statuses: [] };
  state.placed = new Promise((resolve) => {
    state.client = createClient({
      url,
      headers: () => (token ? { authorization: `Bearer ${token}` } : {}),
      retryAttempts: 2,
      retry: async () => {},
      // The headers of the answer come when the subscription is in place.
      fetchFn: async (...args) => {
        const response = await fetch(...args);
        state.statuses.push(response.status);
        resolve();
        return response;
      },
    });
  });
  return state;
}

await serve({
  async open({ count, query }) {
    const opened = Array.from({ length: count }, member);
    for (const one of opened) {
      one.client.subscribe({ query }, {
        next: (message) => one.inbox.put(message),
        error: (error) => one.inbox.end({ message: String(error?.message ?? error) }),
        complete: () => one.inbox.end({ complete: true }),
      });
    }
    await Promise.all(opened.map((one) => one.placed));
    members.push(...opened);
    return { open: members.length };
  },

  async received({ each }) {
    const counts = await Promise.all(members.map((one) => one.inbox.count(each)));
    return { fewest: Math.min(...counts), most: Math.max(...counts), last: members[0].inbox.messages.at(-1) };
  },

  async ended({ member: index }) {
    const how = await members[index].inbox.finished();
    return { ...how, received: members[index].inbox.messages.length, statuses: members[index].statuses };
  },
});
process.exit(0);
