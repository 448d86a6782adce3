// graphql-http's audit of a server. Arguments: the address, and a token where one is needed. Writes { name, status, reason } of each audit.
import { serverAudits } from 'graphql-http';

const [url, token] = process.argv.slice(2);
const fetchFn = (input, init = {}) => fetch(input, {
  ...init,
  headers: { ...init.headers, 'graphql-preflight': '1', ...(token && { authorization: `Bearer ${token}` }) },
});
const audits = serverAudits({ url, fetchFn });
const results = [];
for (const audit of audits) {
  const { name, status, reason } = await audit.fn();
  results.push({ name, status, reason });
}
console.log(JSON.stringify(results));
